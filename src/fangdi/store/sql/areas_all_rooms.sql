-- What is the usable area (使用面积, m², one basis) of all rooms of some uses on a date, whether agencies use them or not?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null
--       \set uses '''{office,meeting_room}'''
SELECT CAST(COALESCE(sum(rooms), 0) AS bigint) AS rooms, COALESCE(sum(area_m2), 0) AS area_m2,
       CAST(COALESCE(sum(rooms - with_area), 0) AS bigint) AS rooms_without_area
  FROM fangdi.seen_usable(
           CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]));
