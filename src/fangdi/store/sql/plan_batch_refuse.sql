-- Ends a batch that may not go on, with all that is left of it; a worker does, with the owner's rights.
WITH refused AS (
    UPDATE fangdi.job SET state = 'failed', message = :message, ended_at = clock_timestamp()
     WHERE id = :id AND state IN ('waiting', 'running')
    RETURNING id
)
UPDATE fangdi.plan_batch_file SET state = 'failed', message = :message, ended_at = clock_timestamp()
 WHERE job_id IN (SELECT id FROM refused) AND state IN ('waiting', 'running');
