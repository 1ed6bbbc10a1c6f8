-- On which parcels do these sites stand?
SELECT site_id AS owner, parcel_id FROM fangdi.site_parcel WHERE site_id = ANY (CAST(:owners AS bigint[]))
