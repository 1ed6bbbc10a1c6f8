-- Which agencies have this code, in one jurisdiction or anywhere?
SELECT id, jurisdiction_code, name
  FROM fangdi.agency
 WHERE code = :code AND (CAST(:jurisdiction_code AS text) IS NULL OR jurisdiction_code = :jurisdiction_code)
 ORDER BY id
