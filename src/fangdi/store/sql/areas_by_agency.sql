-- What usable area (使用面积, m², one basis) has each agency on a date, by use of the rooms, used whole or shared?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null \set middle_room 300000
WITH whole AS (
    SELECT agency_id, use_code, sum(rooms) AS rooms, sum(with_area) AS with_area, sum(area_m2) AS area_m2
      FROM fangdi.seen_whole(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
               CAST(:middle_room AS bigint))
     GROUP BY agency_id, use_code
),
shared AS (
    SELECT agency_id, use_code, count(DISTINCT room_id) AS rooms,
           count(DISTINCT room_id) FILTER (WHERE area_m2 IS NOT NULL) AS with_area, sum(area_m2 * share) AS area_m2
      FROM fangdi.seen_shared(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]))
     GROUP BY agency_id, use_code
)
SELECT agency_id, use_code, shared, CAST(rooms AS bigint) AS rooms, COALESCE(area_m2, 0) AS area_m2,
       CAST(rooms - with_area AS bigint) AS rooms_without_area
  FROM (SELECT *, false AS shared FROM whole UNION ALL SELECT *, true FROM shared) AS used
 ORDER BY agency_id, use_code, shared;
