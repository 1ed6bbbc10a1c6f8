-- What became of the files of a batch, in order? Without what they hold.
-- psql: \set job_id 1
SELECT file.id, file.name, file.building_id, building.name AS building_name, file.reading, file.size_bytes, file.sha256,
       file.state, file.attempts, file.message, file.plan_id, file.rooms, file.findings, file.started_at, file.ended_at
  FROM fangdi.plan_batch_file AS file
  LEFT JOIN fangdi.building ON building.id = file.building_id
 WHERE file.job_id = :job_id
 ORDER BY file.sort;
