-- Who sees and acts on findings, and who enters what inspections find; after visibility.sql, which takes all rights first.
-- A finding is seen by those who see every place that it rests on, and by the agency that it concerns.
DO $$
DECLARE
    here CONSTANT text := '((SELECT fangdi.everywhere(%1$L)) OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(%1$L)))';
    assets CONSTANT text := format(here, 'read_assets');
    supervised CONSTANT text := format(here, 'supervise');
    open CONSTANT text := '(NOT secret OR (SELECT fangdi.is_cleared()))';
    own CONSTANT text := '(SELECT fangdi.own_agencies() IS NOT NULL)';
    mine CONSTANT text := 'CAST((SELECT fangdi.own_agencies()) AS bigint[])';
    all_places CONSTANT text := '((SELECT fangdi.everywhere(''read_assets'')) '
                                'OR places <@ CAST(ARRAY(SELECT fangdi.jurisdictions_of(''read_assets'')) AS text[]))';
    explains CONSTANT text := 'action = ''explain'' AND (SELECT fangdi.scope() -> ''own'' ? ''explain'') '
                              'AND finding_id IN (SELECT finding.id FROM fangdi.finding WHERE finding.agency_id = ANY (' || mine || '))';
    of_room text;
BEGIN
    CALL fangdi.set_policy('finding_clause', '(SELECT fangdi.is_signed_in())');
    CALL fangdi.set_policy('finding_run', '(SELECT fangdi.is_signed_in())');
    CALL fangdi.set_policy('finding', format('(%s OR agency_id = ANY (%s)) AND %s', all_places, mine, open));
    CALL fangdi.set_policy('finding_event', format('finding_id IN (SELECT finding.id FROM fangdi.finding) AND %s', open));
    CALL fangdi.set_writing('finding_event', format(
        'finding_id IN (SELECT finding.id FROM fangdi.finding) AND (%s OR %s)', supervised, explains));

    FOREACH of_room IN ARRAY ARRAY['room_function', 'room_annex', 'outside_use'] LOOP
        CALL fangdi.set_policy(of_room, format(
            '(%s OR %s AND EXISTS (SELECT FROM fangdi.room WHERE room.id = room_id)) AND %s', assets, own, open));
        CALL fangdi.set_writing(of_room, format('%s AND %s', supervised, open));
    END LOOP;
    CALL fangdi.set_policy('leader_post', format('%s OR agency_id = ANY (%s)', assets, mine));
    CALL fangdi.set_writing('leader_post', supervised);
END $$;
GRANT INSERT (finding_id, after_event_id, action, deadline, reason, document_no) ON fangdi.finding_event
   TO fangdi_app;
GRANT INSERT (room_id, use_code, document_no, remark, valid), UPDATE (valid) ON fangdi.room_function TO fangdi_app;
GRANT INSERT (room_id, office_id, kind, remark, valid), UPDATE (valid) ON fangdi.room_annex TO fangdi_app;
GRANT INSERT (room_id, kind, outsider, document_no, annual_income_yuan, remark, valid), UPDATE (valid) ON fangdi.outside_use
   TO fangdi_app;
GRANT INSERT (person_key, agency_id, rank_code, ended_by, document_no, end_document_no, valid),
      UPDATE (valid, ended_by, end_document_no) ON fangdi.leader_post TO fangdi_app;
GRANT DELETE ON fangdi.room_function, fangdi.room_annex, fangdi.outside_use, fangdi.leader_post TO fangdi_app;
REVOKE EXECUTE ON FUNCTION fangdi.ask_for_findings_when_stale() FROM fangdi_app;
