-- Adds floors that rooms stand on; returns their numbers.
INSERT INTO fangdi.floor (jurisdiction_code, building_id, level, name, batch_id)
SELECT building.jurisdiction_code, building.id, given.level, given.name, :batch
  FROM unnest(CAST(:buildings AS bigint[]), CAST(:levels AS numeric[]), CAST(:names AS text[]))
       AS given (building_id, level, name)
  JOIN fangdi.building ON building.id = given.building_id
RETURNING id, building_id, CAST(level AS float8) AS level
