-- What does the yearly cost of each building follow from on a date: its jurisdictions from the uppermost down, features, floor area
-- (m² gross, one basis), tenure and rent (yuan a year)? Places in EPSG:4490.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set buildings null
WITH RECURSIVE reached AS (
    SELECT code, ARRAY[code] AS path FROM fangdi.jurisdiction WHERE parent_code IS NULL
     UNION ALL
    SELECT below.code, reached.path || below.code
      FROM reached JOIN fangdi.jurisdiction AS below ON below.parent_code = reached.code
)
SELECT building.id, building.name, fangdi.lonlat(building.location) AS location, building.jurisdiction_code, reached.path,
       building.structure, building.has_lift, building.built_year, building.height_m,
       fangdi.of_basis(CAST(:basis AS text), building.registered_gross_m2, building.planning_gross_m2,
                       building.declared_gross_m2, building.measured_gross_m2) AS gross_m2,
       tenure.kind AS tenure, tenure.annual_rent_yuan
  FROM fangdi.building
  JOIN reached ON reached.code = building.jurisdiction_code
  LEFT JOIN fangdi.tenure ON tenure.building_id = building.id AND fangdi.holds_on(tenure.valid, CAST(:as_of AS date))
 WHERE (CAST(:buildings AS bigint[]) IS NULL OR building.id = ANY (CAST(:buildings AS bigint[])))
   AND fangdi.holds_on(building.valid, CAST(:as_of AS date))
   AND (CAST(:jurisdictions AS text[]) IS NULL OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY building.id;
