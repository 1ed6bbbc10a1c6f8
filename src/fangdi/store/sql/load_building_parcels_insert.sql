-- Notes that a building stands on a parcel.
INSERT INTO fangdi.building_parcel (jurisdiction_code, building_id, parcel_id)
SELECT jurisdiction_code, id, :parcel FROM fangdi.building WHERE id = :owner
