-- Who sees and begins jobs; after visibility.sql, which takes all rights first. A job is seen by who asked for it and by who
-- audits areas in its jurisdiction. Whoever audits areas somewhere may begin one: what it may do is decided when it runs,
-- building by building. How far it has come is written by functions and by the worker alone (jobs.sql, plan_batches.sql).
DO $$
DECLARE
    own CONSTANT text := 'account_id = (SELECT fangdi.acting_account())';
    audited CONSTANT text := '((SELECT fangdi.everywhere(''audit_areas'')) '
                             'OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(''audit_areas'')))';
    open CONSTANT text := '(NOT secret OR (SELECT fangdi.is_cleared()))';
    own_open CONSTANT text := 'job_id IN (SELECT job.id FROM fangdi.job WHERE job.state = ''waiting'' AND job.' || own || ')';
    writer CONSTANT text := '((SELECT fangdi.everywhere(''audit_areas'')) '
                            'OR EXISTS (SELECT FROM fangdi.jurisdictions_of(''audit_areas'')))';
BEGIN
    CALL fangdi.set_policy('job', format('(%s OR %s) AND %s', own, audited, open));
    CALL fangdi.set_writing('job', format('%s AND %s', own, writer));
    CALL fangdi.set_policy('plan_batch_file', 'job_id IN (SELECT job.id FROM fangdi.job)');
    CALL fangdi.set_writing('plan_batch_file', own_open);
END $$;
GRANT INSERT (jurisdiction_code, kind, name, details) ON fangdi.job TO fangdi_app;
GRANT INSERT (jurisdiction_code, job_id, sort, name, building_id, reading, size_bytes, sha256, content, state, message)
   ON fangdi.plan_batch_file TO fangdi_app;
REVOKE EXECUTE ON FUNCTION fangdi.enqueue(text, text, bigint, integer), fangdi.dequeue(text, bigint), fangdi.is_queued(text, bigint),
                           fangdi.hold_part(bigint), fangdi.return_lost_parts(), fangdi.lock_job(bigint), fangdi.settle_plan_batch(bigint),
                           fangdi.spread_secrecy_to_batches(bigint[]) FROM fangdi_app;
