-- How complete are the data of each building (楼座) on a date: what is recorded of it, and of how many rooms what is missing?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set building_id null
SELECT building.id, building.name, fangdi.lonlat(building.location) AS location, building.jurisdiction_code,
       COALESCE(gaps.rooms, 0) AS rooms, COALESCE(gaps.assignable, 0) AS assignable, COALESCE(gaps.counting, 0) AS counting,
       COALESCE(gaps.without_category, 0) AS without_category, COALESCE(gaps.without_user, 0) AS without_user,
       COALESCE(gaps.without_plan, 0) AS without_plan, COALESCE(gaps.without_area, 0) AS without_area,
       title.state AS title, title.certificate_no, tenure.kind AS tenure,
       fangdi.of_basis(:basis, registered_gross_m2, planning_gross_m2, declared_gross_m2, measured_gross_m2) IS NOT NULL AS has_gross,
       building.built_year IS NOT NULL AS has_year, building.safety_grade IS NOT NULL AS has_safety
  FROM fangdi.building
  LEFT JOIN fangdi.seen_gaps(CAST(:as_of AS date), CAST(:basis AS text), CAST(:jurisdictions AS text[]),
                             CAST(:building_id AS bigint)) AS gaps ON gaps.building_id = building.id
  LEFT JOIN fangdi.title ON title.building_id = building.id AND title.valid @> CAST(:as_of AS date)
  LEFT JOIN fangdi.seen_tenures(CAST(:as_of AS date)) AS tenure ON tenure.building_id = building.id
 WHERE building.valid @> CAST(:as_of AS date)
   AND (CAST(:building_id AS bigint) IS NULL OR building.id = :building_id)
   AND (CAST(:jurisdictions AS text[]) IS NULL OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY building.id;
