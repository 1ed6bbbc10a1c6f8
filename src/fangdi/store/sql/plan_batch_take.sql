-- Begins a file of a batch that is not over, for a worker with the owner's rights; returns it with who asked, and how often it
-- was begun.
UPDATE fangdi.plan_batch_file AS file
   SET state = 'running', attempts = file.attempts + 1, started_at = clock_timestamp()
  FROM fangdi.job LEFT JOIN fangdi.account ON account.id = job.account_id
 WHERE file.id = :id AND job.id = file.job_id AND file.state IN ('waiting', 'running') AND job.state IN ('waiting', 'running')
RETURNING file.id, file.job_id, file.name, file.building_id, file.reading, file.content, file.attempts, account.login;
