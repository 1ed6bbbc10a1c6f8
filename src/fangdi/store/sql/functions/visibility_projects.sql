-- Who sees and enters building projects; after visibility.sql, which takes all rights first.
-- They are read with the assets of their place, classified ones by whoever is cleared, and entered by whoever loads there.
DO $$
DECLARE
    here CONSTANT text := '((SELECT fangdi.everywhere(%1$L)) OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(%1$L)))';
    open CONSTANT text := '(NOT classified OR (SELECT fangdi.is_cleared()))';
BEGIN
    CALL fangdi.set_policy('construction_project', format('%s AND %s', format(here, 'read_assets'), open));
    CALL fangdi.set_writing('construction_project', format('%s AND %s', format(here, 'load'), open));
END $$;
GRANT INSERT (jurisdiction_code, code, name, approved_by, builder, user_name, address, planning_gross_m2, estimate_10k_yuan,
              classified, valid), UPDATE (valid) ON fangdi.construction_project TO fangdi_app;
