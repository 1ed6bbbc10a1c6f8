-- Which building, agency, jurisdiction or zone has this code on a date? `owner` narrows it to a jurisdiction's own.
-- psql: \set kind '''building''' \set code '''S03-01''' \set owner null \set as_of '''2026-01-01'''
SELECT id, name, jurisdiction_code
  FROM (SELECT 'building' AS kind, id, code, name, jurisdiction_code, valid FROM fangdi.building WHERE NOT classified
        UNION ALL SELECT 'agency', id, code, name, jurisdiction_code, valid FROM fangdi.agency
        UNION ALL SELECT 'zone', id, code, name, jurisdiction_code, valid FROM fangdi.zone
        UNION ALL SELECT 'jurisdiction', 0, code, name, code, valid FROM fangdi.jurisdiction) AS subject
 WHERE kind = :kind AND code = :code AND valid @> CAST(:as_of AS date)
   AND (CAST(:owner AS text) IS NULL OR jurisdiction_code = :owner)
 ORDER BY jurisdiction_code, id;
