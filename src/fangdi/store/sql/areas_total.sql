-- What is the usable area (使用面积, m², one basis) of all rooms of some uses that agencies use on a date?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null \set middle_room 300000
WITH whole AS (
    SELECT sum(rooms) AS rooms, sum(with_area) AS with_area, sum(area_m2) AS area_m2
      FROM fangdi.seen_whole(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
               CAST(:middle_room AS bigint))
),
shared AS (
    SELECT count(DISTINCT room_id) AS rooms, count(DISTINCT room_id) FILTER (WHERE area_m2 IS NOT NULL) AS with_area,
           sum(area_m2 * share) AS area_m2
      FROM fangdi.seen_shared(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]))
)
SELECT CAST(COALESCE(sum(rooms), 0) AS bigint) AS rooms, COALESCE(sum(area_m2), 0) AS area_m2,
       CAST(COALESCE(sum(rooms - with_area), 0) AS bigint) AS rooms_without_area
  FROM (SELECT * FROM whole UNION ALL SELECT * FROM shared) AS used;
