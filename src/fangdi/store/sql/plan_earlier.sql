-- Which plans of a building should be known before another of it is imported: later ones of the same floors that were, and
-- others of the very same file?
-- psql: \set id 1
SELECT other.id, other.version, other.file_name, other.uploaded_at, other.imported_at,
       other.status = 'imported' AND other.version > plan.version
       AND EXISTS (SELECT FROM fangdi.plan_floor AS theirs JOIN fangdi.plan_floor AS ours USING (level)
                    WHERE theirs.plan_id = other.id AND ours.plan_id = plan.id) AS newer,
       other.sha256 = plan.sha256 AND other.version < plan.version AS same_file
  FROM fangdi.plan
  JOIN fangdi.plan AS other ON other.building_id = plan.building_id AND other.id <> plan.id
 WHERE plan.id = :id
 ORDER BY other.version DESC;
