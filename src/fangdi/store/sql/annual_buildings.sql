-- What does the yearly report say of each building (楼座) on a date: gross area and the area of its parcels, m² of one basis?
-- psql: \set as_of '''2026-01-01''' \set basis '''registered''' \set jurisdictions null
-- `land_m2` is null where a parcel has no area of the basis, or no parcel is known.
SELECT building.id, building.name, building.address, building.built_year,
       fangdi.of_basis(:basis, registered_gross_m2, planning_gross_m2, declared_gross_m2, measured_gross_m2) AS gross_m2,
       title.state AS title, tenure.kind AS tenure, COALESCE(land.parcels, '{}') AS parcels, land.land_m2
  FROM fangdi.building
  LEFT JOIN fangdi.title ON title.building_id = building.id AND title.valid @> CAST(:as_of AS date)
  LEFT JOIN fangdi.tenure ON tenure.building_id = building.id AND tenure.valid @> CAST(:as_of AS date)
  LEFT JOIN (
       SELECT building_parcel.building_id, array_agg(parcel.id ORDER BY parcel.id) AS parcels,
              CASE WHEN bool_and(fangdi.of_basis(:basis, registered_land_m2, planning_land_m2,
                                                 declared_land_m2, measured_land_m2) IS NOT NULL)
                   THEN sum(fangdi.of_basis(:basis, registered_land_m2, planning_land_m2,
                                            declared_land_m2, measured_land_m2)) END AS land_m2
         FROM fangdi.building_parcel
         JOIN fangdi.parcel ON parcel.id = building_parcel.parcel_id
        GROUP BY building_parcel.building_id
       ) AS land ON land.building_id = building.id
 WHERE building.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY building.jurisdiction_code, building.code, building.id;
