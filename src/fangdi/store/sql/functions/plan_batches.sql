-- Batches of floor plans (批量平面图): jobs whose parts are files. Each becomes a draft of its building, or says why not.

-- A batch is secret when it has a file of a secret building, or one that became a secret plan.
CREATE OR REPLACE FUNCTION fangdi.spread_secrecy_to_batches(jobs bigint[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE fangdi.job SET secret = NOT secret
     WHERE id = ANY (jobs)
       AND secret <> EXISTS (SELECT FROM fangdi.plan_batch_file
                               LEFT JOIN fangdi.building ON building.id = building_id
                               LEFT JOIN fangdi.plan ON plan.id = plan_id
                              WHERE job_id = job.id AND (building.secret OR plan.secret))
$$;

CREATE OR REPLACE FUNCTION fangdi.keep_secrecy_of_batches() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'plan_batch_file' THEN
        PERFORM fangdi.spread_secrecy_to_batches(ARRAY(
            SELECT DISTINCT job_id FROM changed JOIN fangdi.building ON building.id = building_id WHERE building.secret));
    ELSIF TG_TABLE_NAME = 'building' THEN
        PERFORM fangdi.spread_secrecy_to_batches(
            ARRAY(SELECT DISTINCT job_id FROM fangdi.plan_batch_file WHERE building_id = NEW.id));
    ELSE
        PERFORM fangdi.spread_secrecy_to_batches(
            ARRAY(SELECT DISTINCT job_id FROM fangdi.plan_batch_file WHERE plan_id = NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.plan_batch_file REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_batches();
CREATE OR REPLACE TRIGGER secrecy_of_batches AFTER UPDATE OF secret ON fangdi.building FOR EACH ROW
    WHEN (OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy_of_batches();
CREATE OR REPLACE TRIGGER secrecy_of_batches AFTER UPDATE OF secret ON fangdi.plan FOR EACH ROW
    WHEN (OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy_of_batches();

-- The smallest jurisdiction that holds all of these; null when there is none.
CREATE OR REPLACE FUNCTION fangdi.jurisdiction_above(codes text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above AS (
        SELECT DISTINCT one AS origin, one AS code, 0 AS steps FROM unnest(codes) AS one
         UNION ALL
        SELECT above.origin, jurisdiction.parent_code, steps + 1
          FROM above JOIN fangdi.jurisdiction USING (code) WHERE jurisdiction.parent_code IS NOT NULL
    )
    SELECT code FROM above GROUP BY code
    HAVING count(*) = (SELECT count(DISTINCT one) FROM unnest(codes) AS one)
     ORDER BY sum(steps) LIMIT 1
$$;

-- Ends a batch when none of its files is left to do.
CREATE OR REPLACE FUNCTION fangdi.settle_plan_batch(job_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM fangdi.job WHERE id = job_number FOR UPDATE;  -- two workers may end the last two files at once
    UPDATE fangdi.job SET state = 'done', ended_at = clock_timestamp()
     WHERE id = job_number AND state IN ('waiting', 'running')
       AND NOT EXISTS (SELECT FROM fangdi.plan_batch_file WHERE job_id = job_number AND state IN ('waiting', 'running'));
END $$;

-- Puts the files that wait into the queue.
CREATE OR REPLACE FUNCTION fangdi.start_plan_batch(job_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    started CONSTANT fangdi.job := fangdi.lock_job(job_number);
BEGIN
    IF started.state NOT IN ('waiting', 'running') THEN
        PERFORM fangdi.refuse('FD409', 'job_over');
    END IF;
    PERFORM fangdi.enqueue('plans', 'plan_batch_file', id, sort)
       FROM fangdi.plan_batch_file WHERE job_id = job_number AND state = 'waiting' ORDER BY sort;
    PERFORM fangdi.settle_plan_batch(job_number);
END $$;

CREATE OR REPLACE FUNCTION fangdi.cancel_plan_batch(job_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stopped CONSTANT fangdi.job := fangdi.lock_job(job_number);
BEGIN
    IF stopped.state NOT IN ('waiting', 'running') THEN
        PERFORM fangdi.refuse('FD409', 'job_over');
    END IF;
    PERFORM fangdi.dequeue('plan_batch_file', id) FROM fangdi.plan_batch_file WHERE job_id = job_number AND state = 'waiting';
    UPDATE fangdi.plan_batch_file SET state = 'cancelled', ended_at = clock_timestamp()
     WHERE job_id = job_number AND state IN ('waiting', 'running');
    UPDATE fangdi.job SET state = 'cancelled', ended_at = clock_timestamp() WHERE id = job_number;
END $$;

-- What was not done is begun again in the name of whoever asked first: files that failed, were cancelled, or that the queue
-- has lost. Done files stay as they are.
CREATE OR REPLACE FUNCTION fangdi.resume_plan_batch(job_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    resumed CONSTANT fangdi.job := fangdi.lock_job(job_number);
BEGIN
    IF resumed.account_id IS NULL THEN
        PERFORM fangdi.refuse('FD422', 'no_account');
    END IF;
    UPDATE fangdi.plan_batch_file SET state = 'waiting', attempts = 0, message = NULL, started_at = NULL, ended_at = NULL
     WHERE job_id = job_number AND building_id IS NOT NULL AND content IS NOT NULL
       AND (state IN ('failed', 'cancelled') OR state = 'running' AND NOT fangdi.is_queued('plan_batch_file', id));
    UPDATE fangdi.job SET state = 'waiting', message = NULL, ended_at = NULL
     WHERE id = job_number AND state IN ('done', 'failed', 'cancelled')
       AND EXISTS (SELECT FROM fangdi.plan_batch_file WHERE job_id = job_number AND state = 'waiting');
    IF NOT FOUND AND resumed.state NOT IN ('waiting', 'running') THEN
        PERFORM fangdi.refuse('FD422', 'nothing_left');
    END IF;
    PERFORM fangdi.start_plan_batch(job_number);
END $$;

-- Writes what a file became, in the transaction that keeps the plan: both are there, or neither. Called by the worker in the
-- name of whoever asked. When the batch was cancelled meanwhile, or another worker was faster, the plan is not kept.
CREATE OR REPLACE FUNCTION fangdi.finish_plan_batch_file(file_number bigint, plan_number bigint, rooms integer, findings jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    file fangdi.plan_batch_file;
    batch fangdi.job;
BEGIN
    SELECT * INTO file FROM fangdi.plan_batch_file WHERE id = file_number FOR UPDATE;
    SELECT * INTO batch FROM fangdi.job WHERE id = file.job_id;
    IF fangdi.scope() ->> 'via' IS DISTINCT FROM 'job' OR batch.account_id IS DISTINCT FROM fangdi.acting_account() THEN
        PERFORM fangdi.refuse('FD404', 'no_job');
    ELSIF file.state <> 'running' THEN
        PERFORM fangdi.refuse('FD409', 'job_over');
    END IF;
    UPDATE fangdi.plan_batch_file
       SET state = 'done', plan_id = plan_number, rooms = finish_plan_batch_file.rooms,
           findings = finish_plan_batch_file.findings, content = NULL, message = NULL, ended_at = clock_timestamp()
     WHERE id = file_number;
    IF EXISTS (SELECT FROM fangdi.plan WHERE id = plan_number AND secret) THEN
        PERFORM fangdi.spread_secrecy_to_batches(ARRAY[file.job_id]);
    END IF;
    PERFORM fangdi.settle_plan_batch(file.job_id);
END $$;
