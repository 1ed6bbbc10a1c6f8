-- Which batches of floor plans are there, and how far have they come (number of files by state, findings by severity)? One, or
-- a page, the latest first.
-- psql: \set id null \set before null \set page_size 100
SELECT job.id, job.jurisdiction_code, job.name, job.details, job.state, job.message, job.account_id, job.asked_by, job.asked_at,
       job.started_at, job.ended_at, parts.files, parts.rooms, found.findings
  FROM fangdi.job
 CROSS JOIN LATERAL (SELECT COALESCE(jsonb_object_agg(state, n), '{}') AS files, COALESCE(sum(rooms), 0) AS rooms
                       FROM (SELECT state, count(*) AS n, sum(rooms) AS rooms FROM fangdi.plan_batch_file
                              WHERE job_id = job.id GROUP BY state) AS counted) AS parts
 CROSS JOIN LATERAL (SELECT COALESCE(jsonb_object_agg(severity, n), '{}') AS findings
                       FROM (SELECT severity, sum(CAST(times AS bigint)) AS n
                               FROM fangdi.plan_batch_file, jsonb_each_text(findings) AS one (severity, times)
                              WHERE job_id = job.id GROUP BY severity) AS counted) AS found
 WHERE job.kind = 'plan_batch'
   AND (CAST(:id AS bigint) IS NULL OR job.id = :id)
   AND (CAST(:before AS bigint) IS NULL OR job.id < :before)
 ORDER BY job.id DESC
 LIMIT CAST(:page_size AS integer);
