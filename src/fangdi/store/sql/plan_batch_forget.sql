-- Forgets what the files of batches hold that ended this many days ago: what became a plan is there, and the rest nobody
-- resumed.
-- psql: \set days 30
UPDATE fangdi.plan_batch_file SET content = NULL
  FROM fangdi.job
 WHERE job.id = job_id AND content IS NOT NULL AND job.state IN ('done', 'failed', 'cancelled')
   AND job.ended_at < now() - make_interval(days => CAST(:days AS integer));
