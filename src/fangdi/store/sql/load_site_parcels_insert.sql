-- Notes that a site stands on a parcel.
INSERT INTO fangdi.site_parcel (jurisdiction_code, site_id, parcel_id)
SELECT jurisdiction_code, id, :parcel FROM fangdi.site WHERE id = :owner
