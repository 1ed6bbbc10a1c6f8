-- Jobs (作业): who asked, how they begin and end, and the way into the queue. The application role has no right to the queue
-- (schema fangdi_jobs): it calls these functions, and they ask the sealed scope themselves. The worker connects with the
-- owner's rights, and puts them down for those of whoever asked before it does anything for them. Refusals as in
-- plan_import.sql; the words are those of fangdi.domain.plan_refusals.Refusal.

CREATE OR REPLACE FUNCTION fangdi.begin_job() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'fangdi_app' AND fangdi.scope() IS NULL THEN  -- the owner says in whose name
        RETURN NEW;
    END IF;
    NEW.account_id := fangdi.acting_account();
    NEW.asked_by := fangdi.acting_login();
    IF NEW.account_id IS NULL THEN  -- an operator's command does the work itself
        PERFORM fangdi.refuse('FD403', 'no_account');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_job BEFORE INSERT ON fangdi.job FOR EACH ROW EXECUTE FUNCTION fangdi.begin_job();

-- Puts a part of a job into the queue, unless it waits there already. Parts take turns with those of other jobs: the first
-- of each, then the second of each, so that a small job does not wait for a large one.
CREATE OR REPLACE FUNCTION fangdi.enqueue(queue text, task text, part bigint, turn integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = fangdi_jobs, pg_catalog, pg_temp AS $$
DECLARE
    unique_part CONSTANT text := format('%s %s', task, part);
BEGIN
    IF NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = unique_part AND status = 'todo') THEN
        PERFORM procrastinate_defer_jobs_v1(ARRAY[CAST(ROW(
            queue, task, -turn, NULL, unique_part, jsonb_build_object('part', part), NULL) AS procrastinate_job_to_defer_v1)]);
    END IF;
END $$;

-- Takes a part of a job out of the queue, if nobody has begun it.
CREATE OR REPLACE FUNCTION fangdi.dequeue(task text, part bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = fangdi_jobs, pg_catalog, pg_temp AS $$
    DELETE FROM procrastinate_jobs WHERE queueing_lock = format('%s %s', task, part) AND status = 'todo'
$$;

-- Is a part of a job in the queue, or in the hands of a worker?
CREATE OR REPLACE FUNCTION fangdi.is_queued(task text, part bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fangdi_jobs, pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM procrastinate_jobs
                    WHERE queueing_lock = format('%s %s', task, part) AND status IN ('todo', 'doing'))
$$;

-- A worker holds this lock as long as it works on a part; when it is ended in whatever way, the lock is free.
CREATE OR REPLACE FUNCTION fangdi.hold_part(queued bigint) RETURNS boolean
LANGUAGE sql AS $$ SELECT pg_try_advisory_lock(44902263, CAST(queued % 2147483647 AS integer)) $$;

-- Puts back what was begun by workers that are gone; returns how many parts. A worker takes its lock right after it has
-- taken a part: what was taken a moment ago is left alone.
CREATE OR REPLACE FUNCTION fangdi.return_lost_parts() RETURNS bigint
LANGUAGE plpgsql SET search_path = fangdi_jobs, pg_catalog, pg_temp AS $$
DECLARE
    begun bigint[] := ARRAY(
        SELECT id FROM procrastinate_jobs
         WHERE status = 'doing' AND (SELECT max(at) FROM procrastinate_events WHERE job_id = procrastinate_jobs.id
                                        AND type = 'started') < clock_timestamp() - interval '3 s');
    number bigint;
    lost bigint := 0;
BEGIN
    FOREACH number IN ARRAY begun LOOP
        IF pg_try_advisory_xact_lock(44902263, CAST(number % 2147483647 AS integer)) THEN
            -- It may have waited a second time meanwhile; and it may have ended in between.
            DELETE FROM procrastinate_jobs AS twice USING procrastinate_jobs AS one
             WHERE one.id = number AND one.status = 'doing' AND twice.queueing_lock = one.queueing_lock AND twice.status = 'todo';
            UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, worker_id = NULL
             WHERE id = number AND status = 'doing';
            IF FOUND THEN
                lost := lost + 1;
            END IF;
        END IF;
    END LOOP;
    RETURN lost;
END $$;

-- Return a job that whoever acts may stop and start again, locked: their own, or of a jurisdiction whose areas they audit.
CREATE OR REPLACE FUNCTION fangdi.lock_job(job_number bigint) RETURNS fangdi.job
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found fangdi.job;
BEGIN
    SELECT * INTO found FROM fangdi.job WHERE id = job_number FOR UPDATE;
    IF found.id IS NULL OR found.secret AND NOT fangdi.is_cleared()
       OR NOT (COALESCE(found.account_id = fangdi.acting_account(), false) OR fangdi.audits_areas(found.jurisdiction_code))
    THEN
        PERFORM fangdi.refuse('FD404', 'no_job');
    END IF;
    RETURN found;
END $$;
