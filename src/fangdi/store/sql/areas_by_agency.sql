-- What usable area (使用面积, m², one basis) has each agency on a date, by use of the rooms, used whole or shared?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null \set middle_room 300000
WITH whole AS (
    SELECT agency_id, use_code, count(*) AS rooms, count(area_m2) AS with_area, sum(area_m2) AS area_m2
      FROM fangdi.rooms_used_whole(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
               0, CAST(:middle_room AS bigint))
     GROUP BY agency_id, use_code
     UNION ALL
    SELECT agency_id, use_code, count(*), count(area_m2), sum(area_m2)
      FROM fangdi.rooms_used_whole(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
               CAST(:middle_room AS bigint) + 1, 9223372036854775807)
     GROUP BY agency_id, use_code
),
shared AS (
    SELECT agency_id, use_code, count(DISTINCT room_id) AS rooms,
           count(DISTINCT room_id) FILTER (WHERE area_m2 IS NOT NULL) AS with_area, sum(area_m2 * share) AS area_m2
      FROM fangdi.rooms_shared(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]))
     GROUP BY agency_id, use_code
)
SELECT agency_id, use_code, shared, CAST(sum(rooms) AS bigint) AS rooms, COALESCE(sum(area_m2), 0) AS area_m2,
       CAST(sum(rooms - with_area) AS bigint) AS rooms_without_area
  FROM (SELECT *, false AS shared FROM whole UNION ALL SELECT *, true FROM shared) AS used
 GROUP BY agency_id, use_code, shared
 ORDER BY agency_id, use_code, shared;
