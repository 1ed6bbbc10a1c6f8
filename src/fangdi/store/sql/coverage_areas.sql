-- What usable area (使用面积, m², one basis) has each agency in each building on a date? A row an agency, as two lists.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null \set middle_room 300000
-- Lists, because 60,000 rows take longer to hand over than to find; a building may be in them more than once.
SELECT agency_id, array_agg(building_id) AS building_ids, array_agg(COALESCE(area_m2, 0)) AS areas_m2
  FROM (SELECT agency_id, building_id, sum(area_m2) AS area_m2
          FROM fangdi.seen_whole(
                   CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
                   CAST(:middle_room AS bigint))
         GROUP BY agency_id, building_id
         UNION ALL
        SELECT agency_id, building_id, sum(area_m2 * share)
          FROM fangdi.seen_shared(
                   CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]))
         GROUP BY agency_id, building_id) AS used
 GROUP BY agency_id;
