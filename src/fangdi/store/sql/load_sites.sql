-- Which sites have one of these codes?
SELECT id, code, jurisdiction_code FROM fangdi.site WHERE code = ANY (CAST(:codes AS text[]))
