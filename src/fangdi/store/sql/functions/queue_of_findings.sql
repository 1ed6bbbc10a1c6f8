-- When findings are computed anew: the versions of what they are read from, and the way into the queue.

-- Versions of all that findings are judged from. Plans and audits are not; of findings themselves nothing follows.
CREATE OR REPLACE FUNCTION fangdi.finding_versions() RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_object_agg(layer, version) FROM fangdi.layer_version WHERE layer NOT IN ('findings', 'plans', 'sites')
$$;

-- Before the first computation nothing is known of findings: not even that there are none.
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR TRUNCATE ON fangdi.finding_run
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('findings');

-- Were they computed on an earlier day, or from another state of the data?
CREATE OR REPLACE FUNCTION fangdi.findings_stale() RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT COALESCE((SELECT versions IS DISTINCT FROM fangdi.finding_versions() OR as_of < current_date
                       FROM fangdi.finding_run ORDER BY id DESC LIMIT 1), true)
$$;

CREATE OR REPLACE FUNCTION fangdi.findings_queued() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT fangdi.is_queued('findings', 0)
$$;

-- Somebody who supervises the use of rooms asks for it now.
CREATE OR REPLACE FUNCTION fangdi.ask_for_findings() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT fangdi.everywhere('supervise') AND NOT EXISTS (SELECT FROM fangdi.jurisdictions_of('supervise')) THEN
        PERFORM fangdi.refuse('FD403', 'out_of_reach');
    END IF;
    PERFORM fangdi.enqueue('findings', 'findings', 0, 0);
END $$;

-- The watch over the workers asks for it when something has changed; long ones not so often that nothing else is done.
CREATE OR REPLACE FUNCTION fangdi.ask_for_findings_when_stale() RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM fangdi.agency) OR NOT fangdi.findings_stale() OR fangdi.is_queued('findings', 0)
       OR EXISTS (SELECT FROM (SELECT began_at, ended_at FROM fangdi.finding_run ORDER BY id DESC LIMIT 1) AS latest
                   WHERE clock_timestamp() < ended_at + 5 * (ended_at - began_at) + interval '5 s') THEN
        RETURN false;
    END IF;
    PERFORM fangdi.enqueue('findings', 'findings', 0, 0);
    RETURN true;
END $$;
