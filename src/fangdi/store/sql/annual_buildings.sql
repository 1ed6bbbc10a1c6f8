-- What does the yearly report say of each building (楼座) on a date: gross area, and its parcels with their areas, m² of one basis?
-- psql: \set as_of '''2026-01-01''' \set basis '''registered''' \set jurisdictions null
-- `land` are the areas of `parcels`, null where a parcel has none of the basis; `land_hidden`: it stands on others that the reader
-- does not see.
SELECT building.id, building.name, building.address, building.built_year,
       fangdi.of_basis(:basis, registered_gross_m2, planning_gross_m2, declared_gross_m2, measured_gross_m2) AS gross_m2,
       title.state AS title, tenure.kind AS tenure,
       COALESCE(land.parcels, '{}') AS parcels, COALESCE(land.areas, '{}') AS land, COALESCE(land.hidden, false) AS land_hidden
  FROM fangdi.building
  LEFT JOIN fangdi.title ON title.building_id = building.id AND title.valid @> CAST(:as_of AS date)
  LEFT JOIN fangdi.tenure ON tenure.building_id = building.id AND tenure.valid @> CAST(:as_of AS date)
  LEFT JOIN (
       SELECT building_parcel.building_id,
              array_agg(parcel.id ORDER BY parcel.id) FILTER (WHERE parcel.valid @> CAST(:as_of AS date)) AS parcels,
              array_agg(fangdi.of_basis(:basis, registered_land_m2, planning_land_m2, declared_land_m2, measured_land_m2)
                        ORDER BY parcel.id) FILTER (WHERE parcel.valid @> CAST(:as_of AS date)) AS areas,
              bool_or(parcel.id IS NULL) AS hidden
         FROM fangdi.building_parcel
         LEFT JOIN fangdi.parcel ON parcel.id = building_parcel.parcel_id
        GROUP BY building_parcel.building_id
       ) AS land ON land.building_id = building.id
 WHERE building.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY building.jurisdiction_code, building.code, building.id;
