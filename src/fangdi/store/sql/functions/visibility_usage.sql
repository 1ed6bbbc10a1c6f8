-- Who sees what use adds up to; after visibility.sql, which takes all rights first. Sums have the rules of their rooms.
DO $$
DECLARE
    here CONSTANT text := '((SELECT fangdi.everywhere(%1$L)) OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(%1$L)))';
    seen CONSTANT text := format(here, 'read_assets') || ' OR agency_id = ANY (CAST((SELECT fangdi.own_agencies()) AS bigint[]))';
    open CONSTANT text := '(NOT secret OR (SELECT fangdi.is_cleared()))';
BEGIN
    CALL fangdi.set_policy('room_spell', format('(%s) AND %s', seen, open));
    CALL fangdi.set_policy('usage_bucket', format('(%s) AND %s', seen, open));
    CALL fangdi.set_policy('usage_state', '(SELECT fangdi.is_signed_in())');
END $$;
-- Only triggers and the owner add up, and jobs by one function.
REVOKE EXECUTE ON FUNCTION fangdi.keep_usage_of(bigint[]), fangdi.add_to_buckets(fangdi.usage_bucket[]),
                           fangdi.outdate_usage() FROM fangdi_app;
