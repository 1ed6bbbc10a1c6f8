-- On which parcels do these buildings stand?
SELECT building_id AS owner, parcel_id FROM fangdi.building_parcel WHERE building_id = ANY (CAST(:owners AS bigint[]))
