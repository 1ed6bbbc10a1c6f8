-- Which agencies are known by one of these codes or names?
SELECT id, code, name, short_name, jurisdiction_code
  FROM fangdi.agency
 WHERE code = ANY (CAST(:names AS text[])) OR name = ANY (CAST(:names AS text[]))
    OR short_name = ANY (CAST(:names AS text[]))
