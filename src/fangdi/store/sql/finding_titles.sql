-- In what state are the titles of own buildings, and of the parcels below them, on a date?
-- psql: \set as_of '''2026-01-01'''
WITH own AS MATERIALIZED (
    SELECT building.* FROM fangdi.building
     WHERE building.valid @> CAST(:as_of AS date)
       -- own is what was held last as its own, or what nobody recorded; a lease of long ago counts no more
       AND COALESCE((SELECT tenure.kind FROM fangdi.tenure
                      WHERE tenure.building_id = building.id
                        AND COALESCE(lower(tenure.valid) <= CAST(:as_of AS date), true)
                      ORDER BY lower(tenure.valid) DESC NULLS LAST LIMIT 1), 'owned') = 'owned'
)
SELECT 'building' AS kind, own.id, own.jurisdiction_code, own.secret, title.state, title.certificate_no
  FROM own LEFT JOIN fangdi.title ON title.building_id = own.id AND title.valid @> CAST(:as_of AS date)
 UNION ALL
SELECT 'parcel', parcel.id, parcel.jurisdiction_code, parcel.secret, title.state, title.certificate_no
  FROM fangdi.parcel
  LEFT JOIN fangdi.title ON title.parcel_id = parcel.id AND title.valid @> CAST(:as_of AS date)
 WHERE parcel.valid @> CAST(:as_of AS date)
   AND parcel.id IN (SELECT parcel_id FROM fangdi.building_parcel JOIN own ON own.id = building_parcel.building_id)
 ORDER BY kind, id;
