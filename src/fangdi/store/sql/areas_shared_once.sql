-- How many rooms of some uses are shared on a date, each counted once, and how many of them lack an area of one basis?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null
SELECT count(DISTINCT room_id) AS rooms, count(DISTINCT room_id) FILTER (WHERE area_m2 IS NULL) AS rooms_without_area
  FROM fangdi.seen_shared(
           CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]));
