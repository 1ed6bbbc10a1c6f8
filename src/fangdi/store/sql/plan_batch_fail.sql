-- Says why a file of a batch became no plan, unless the batch was cancelled meanwhile; a worker does, with the owner's rights.
WITH failed AS (
    UPDATE fangdi.plan_batch_file
       SET state = 'failed', message = :message, findings = CAST(:findings AS jsonb), ended_at = clock_timestamp()
     WHERE id = :id AND state = 'running'
    RETURNING job_id
)
SELECT job_id FROM failed;
