-- What must the map know of each building on a date: where, its floor levels, usable area (m², one basis), title, tenure?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null
--       \set uses '''{office,meeting_room,toilet}'''
WITH usable AS (
    SELECT building_id, area_m2
      FROM fangdi.seen_usable(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]))
)
SELECT building.id, building.name, ST_X(building.location) AS longitude, ST_Y(building.location) AS latitude,
       COALESCE(storeys.levels, '{}') AS levels, COALESCE(usable.area_m2, 0) AS usable_m2,
       title.state AS title, tenure.kind AS tenure
  FROM fangdi.building
  LEFT JOIN fangdi.seen_levels() AS storeys ON storeys.building_id = building.id
  LEFT JOIN usable ON usable.building_id = building.id
  LEFT JOIN fangdi.seen_titles(CAST(:as_of AS date)) AS title ON title.building_id = building.id
  LEFT JOIN fangdi.seen_tenures(CAST(:as_of AS date)) AS tenure ON tenure.building_id = building.id
 WHERE fangdi.holds_on(building.valid, CAST(:as_of AS date))
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY building.id;
