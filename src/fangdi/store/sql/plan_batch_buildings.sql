-- Which buildings have one of these codes, as far as the reader sees them?
-- psql: \set codes '''{B1,B2}'''
SELECT id, code, jurisdiction_code FROM fangdi.building WHERE code = ANY (CAST(:codes AS text[])) ORDER BY id;
