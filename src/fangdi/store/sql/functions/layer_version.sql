-- Bumps the version of a tile layer whenever a statement changes what the layer shows.
-- A row lock, not a sequence: the new version becomes visible together with the change it stands for.
-- The clock, not a count from 1: a database that was restored or made anew must never give other data a version that
-- browsers have seen before.
-- The rows are locked in the order of their names, so that two statements that change several never wait for each other.
-- With the owner's rights: whoever may enter a norm may not write versions.
CREATE OR REPLACE FUNCTION fangdi.bump_layers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM fangdi.layer_version WHERE layer = ANY (TG_ARGV) ORDER BY layer FOR UPDATE;
    UPDATE fangdi.layer_version
       SET version = GREATEST(version + 1, CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint))
     WHERE layer = ANY (TG_ARGV);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.jurisdiction
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('jurisdictions');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.zone
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('zones');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.parcel
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('parcels');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.site
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('sites');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.title
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('parcels', 'buildings');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.tenure
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('buildings');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.building
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('buildings', 'rooms');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.floor
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('rooms');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.room
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('rooms', 'buildings');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.room_status
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('rooms', 'buildings');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.occupancy
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('rooms', 'buildings');
CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.room_use
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('rooms');

-- No tiles are drawn of these, but indicators made of them are kept while they stay the same (memo.py), and findings follow.
DO $$
DECLARE
    kept record;
    drafted text;
BEGIN
    FOR kept IN SELECT * FROM (VALUES ('agency', 'agencies'), ('agency_posts', 'agencies'), ('agency_staff', 'agencies'),
                                      ('norm', 'norms'), ('area_approval', 'norms'), ('idle_rule', 'norms'),
                                      ('finding_clause', 'norms')) AS kept (of_table, layer) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.%I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers(%L)', kept.of_table, kept.layer);
    END LOOP;
    -- Drafts count for nothing, and must not wait for each other: plans of a batch are read side by side.
    FOREACH drafted IN ARRAY ARRAY['plan', 'area_audit'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER bump_layers_in_force AFTER INSERT OR UPDATE OF status ON fangdi.%I '
                       'FOR EACH ROW WHEN (NEW.status <> ''draft'') EXECUTE FUNCTION fangdi.bump_layers(''plans'')',
                       drafted);
        EXECUTE format('CREATE OR REPLACE TRIGGER bump_layers_gone AFTER DELETE ON fangdi.%I FOR EACH ROW '
                       'WHEN (OLD.status <> ''draft'') EXECUTE FUNCTION fangdi.bump_layers(''plans'')', drafted);
    END LOOP;
END $$;
