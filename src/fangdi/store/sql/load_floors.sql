-- Which floors do these buildings have?
SELECT id, building_id, CAST(level AS float8) AS level
  FROM fangdi.floor
 WHERE building_id = ANY (CAST(:buildings AS bigint[]))
