-- Which buildings have one of these codes, where are they (degrees), and which plan frame have they?
SELECT id, code, jurisdiction_code, plan_crs, ST_X(location) AS longitude, ST_Y(location) AS latitude
  FROM fangdi.building
 WHERE code = ANY (CAST(:codes AS text[]))
