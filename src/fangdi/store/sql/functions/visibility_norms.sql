-- Who sees and lays down norm figures and approvals by hand; after visibility.sql, which takes all rights first.
-- Figures are law and read by everybody who is signed in. Those of a jurisdiction are laid down by whoever administers
-- norms there; those of the country by whoever does so everywhere.
DO $$
DECLARE
    signed_in CONSTANT text := '(SELECT fangdi.is_signed_in())';
    here CONSTANT text := '((SELECT fangdi.everywhere(%1$L)) OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(%1$L)))';
    mine CONSTANT text := 'CAST((SELECT fangdi.own_agencies()) AS bigint[])';
BEGIN
    CALL fangdi.set_policy('norm_document', signed_in);
    CALL fangdi.set_writing('norm_document', format(here, 'administer_norms'));
    CALL fangdi.set_policy('norm', signed_in);
    CALL fangdi.set_writing('norm', format(here, 'administer_norms'));
    CALL fangdi.set_policy('area_approval', format('%s OR agency_id = ANY (%s)', format(here, 'read_assets'), mine));
    CALL fangdi.set_writing('area_approval', format(here, 'administer_norms'));
END $$;
GRANT INSERT (code, jurisdiction_code, title, title_en, number, issued_by, issued_on, remark) ON fangdi.norm_document TO fangdi_app;
GRANT INSERT (jurisdiction_code, source_id, kind, level, rank_code, figure, upto, beyond_from, figure_beyond, article,
              verification, evidence, valid, reason), UPDATE (valid), DELETE ON fangdi.norm TO fangdi_app;
GRANT INSERT (agency_id, approved_office_m2, approved_service_m2, approved_equipment_m2, approved_total_m2, document_no,
              issued_on, issued_by, remark, valid, replaces_id, replaces_until), UPDATE (valid), DELETE ON fangdi.area_approval TO fangdi_app;
