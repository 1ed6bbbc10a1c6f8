-- Bumps the version of a tile layer whenever a statement changes what the layer shows.
-- A row lock, not a sequence: the new version becomes visible together with the change it stands for.
-- The clock, not a count from 1: a database that was restored or made anew must never give other data a version that
-- browsers have seen before.
-- The rows are locked in the order of their names, so that two statements that change several never wait for each other.
CREATE OR REPLACE FUNCTION fangdi.bump_layers() RETURNS trigger
LANGUAGE plpgsql AS $$
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
