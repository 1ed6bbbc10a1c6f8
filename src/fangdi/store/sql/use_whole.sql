-- What usable area (使用面积, m², one basis) has each agency in rooms used whole on a date, by building and use of the rooms?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null \set middle_room 300000
SELECT agency_id, building_id, use_code, CAST(sum(rooms) AS bigint) AS rooms, COALESCE(sum(area_m2), 0) AS area_m2,
       CAST(sum(rooms - with_area) AS bigint) AS rooms_without_area
  FROM fangdi.seen_whole(
           CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
           CAST(:middle_room AS bigint))
 GROUP BY agency_id, building_id, use_code
 ORDER BY agency_id, building_id, use_code;
