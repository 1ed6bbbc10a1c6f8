-- Which parts of shared rooms (合用房间) count for whom on a date: m² of one basis of the whole room, and shares as recorded?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}''' \set jurisdictions null
-- `all_seen`: whoever sees a room through its place sees all who share it; an agency sees its own part alone.
SELECT used.room_id, used.agency_id, used.building_id, used.use_code, used.area_m2, used.share,
       (sight.sight).everywhere OR building.jurisdiction_code = ANY ((sight.sight).places) AS all_seen
  FROM fangdi.seen_shared(
           CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[])) AS used
  JOIN fangdi.building ON building.id = used.building_id
 CROSS JOIN (SELECT fangdi.sight() AS sight) AS sight
 ORDER BY used.room_id, used.agency_id;
