-- Who sees and changes floor plans and audits; after visibility.sql, which takes all rights first. They are read with
-- read_assets and written with audit_areas where that reaches. What was imported, accepted, or is below an accepted audit is
-- written by functions alone (plan_import.sql).
DO $$
DECLARE
    here CONSTANT text := '((SELECT fangdi.everywhere(%1$L)) OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(%1$L)))';
    assets CONSTANT text := format(here, 'read_assets');
    audited CONSTANT text := format(here, 'audit_areas');
    open CONSTANT text := '(NOT secret OR (SELECT fangdi.is_cleared()))';
    draft CONSTANT text := 'status = ''draft''';
    of_plan CONSTANT text := 'plan_id IN (SELECT plan.id FROM fangdi.plan)';
    of_draft CONSTANT text := 'plan_id IN (SELECT plan.id FROM fangdi.plan WHERE plan.status = ''draft'' AND plan.frozen_at IS NULL)';
    of_audit CONSTANT text := 'audit_id IN (SELECT area_audit.id FROM fangdi.area_audit)';
    of_open_audit CONSTANT text := 'audit_id IN (SELECT area_audit.id FROM fangdi.area_audit WHERE area_audit.status = ''draft'')';
    child text;
BEGIN
    CALL fangdi.set_policy('plan', format('%s AND %s', assets, open));
    CALL fangdi.set_writing('plan', format('%s AND %s AND %s AND frozen_at IS NULL', audited, open, draft));
    FOREACH child IN ARRAY ARRAY['plan_floor', 'plan_room', 'plan_finding'] LOOP
        CALL fangdi.set_policy(child, format('%s AND %s', assets, of_plan));
        CALL fangdi.set_writing(child, format('%s AND %s', audited, of_draft));
    END LOOP;
    CALL fangdi.set_policy('plan_mapping', assets);
    CALL fangdi.set_writing('plan_mapping', audited);
    CALL fangdi.set_policy('area_audit', format('%s AND %s', assets, open));
    CALL fangdi.set_writing('area_audit', format('%s AND %s AND %s', audited, open, draft));
    CALL fangdi.set_policy('area_audit_line', format('%s AND %s', assets, of_audit));
    CALL fangdi.set_writing('area_audit_line', format('%s AND %s', audited, of_open_audit));
END $$;

GRANT SELECT ON fangdi.tolerance_rule TO fangdi_app;
GRANT INSERT (building_id, file_name, format, size_bytes, sha256, content, reading, unit_name, unit_metres, unit_said_by,
              unit_confirmed, layers, georeference), DELETE ON fangdi.plan TO fangdi_app;
GRANT UPDATE (revision, reading, unit_name, unit_metres, unit_said_by, unit_confirmed, layers, edits, repairs, georeference,
              placement) ON fangdi.plan TO fangdi_app;
GRANT INSERT, DELETE ON fangdi.plan_floor, fangdi.plan_finding TO fangdi_app;
GRANT INSERT (jurisdiction_code, plan_id, floor_key, key, sort, number, name, use, use_code, found_by, handle, layer, height_m,
              measured_usable_m2, stated, plan_outline, edited), DELETE ON fangdi.plan_room TO fangdi_app;
GRANT INSERT (jurisdiction_code, name, agency_id, surveyor, reading), DELETE,
      UPDATE (agency_id, surveyor, reading) ON fangdi.plan_mapping TO fangdi_app;
GRANT INSERT (plan_id, rule_id, as_of), DELETE ON fangdi.area_audit TO fangdi_app;
GRANT INSERT, DELETE, UPDATE (decision, remark) ON fangdi.area_audit_line TO fangdi_app;
