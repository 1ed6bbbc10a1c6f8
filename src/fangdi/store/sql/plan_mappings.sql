-- Which layer mappings were saved? All, or one.
-- psql: \set id null
SELECT id, jurisdiction_code, name, agency_id, surveyor, reading, changed_at, changed_by
  FROM fangdi.plan_mapping
 WHERE CAST(:id AS bigint) IS NULL OR id = :id
 ORDER BY jurisdiction_code, name;
