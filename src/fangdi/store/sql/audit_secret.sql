-- Which of these things are classified, and where and what are they? No row for what is not, or may not be seen.
-- psql: \set kinds '''{room}''' \set ids '''{1}'''
WITH asked AS (SELECT DISTINCT kind, id FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS bigint[])) AS given (kind, id))
SELECT kind, id, COALESCE(number, code) AS name, jurisdiction_code
  FROM asked JOIN fangdi.room USING (id) WHERE kind = 'room' AND secret
 UNION ALL
SELECT kind, id, name, jurisdiction_code FROM asked JOIN fangdi.building USING (id) WHERE kind = 'building' AND secret
 UNION ALL
SELECT kind, id, name, jurisdiction_code FROM asked JOIN fangdi.site USING (id) WHERE kind = 'site' AND secret
 UNION ALL
SELECT kind, id, code, jurisdiction_code FROM asked JOIN fangdi.parcel USING (id) WHERE kind = 'parcel' AND secret
 UNION ALL
SELECT kind, floor.id, concat_ws(' ', building.name, floor.name), floor.jurisdiction_code
  FROM asked
  JOIN fangdi.floor ON floor.id = asked.id
  JOIN fangdi.building ON building.id = floor.building_id
 WHERE kind = 'floor' AND building.secret
