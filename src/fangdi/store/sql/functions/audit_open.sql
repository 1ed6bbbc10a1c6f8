-- Who reads which entry of the audit trail.

-- Is the object of an entry there and not secret; or, when it is gone, was it not secret at the last? What never was has
-- no entry and counts as secret, so that asking tells nobody what is hidden.
CREATE OR REPLACE FUNCTION fangdi.audit_is_open(kind text, row_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    open boolean;
BEGIN
    IF row_id IS NULL THEN
        RETURN true;
    END IF;
    CASE kind
        WHEN 'room' THEN SELECT NOT secret INTO open FROM fangdi.room WHERE id = row_id;
        WHEN 'building' THEN SELECT NOT secret INTO open FROM fangdi.building WHERE id = row_id;
        WHEN 'site' THEN SELECT NOT secret INTO open FROM fangdi.site WHERE id = row_id;
        WHEN 'parcel' THEN SELECT NOT secret INTO open FROM fangdi.parcel WHERE id = row_id;
        WHEN 'occupancy' THEN SELECT NOT secret INTO open FROM fangdi.occupancy WHERE id = row_id;
        WHEN 'room_status' THEN SELECT NOT secret INTO open FROM fangdi.room_status WHERE id = row_id;
        WHEN 'room_function' THEN SELECT NOT secret INTO open FROM fangdi.room_function WHERE id = row_id;
        WHEN 'room_annex' THEN SELECT NOT secret INTO open FROM fangdi.room_annex WHERE id = row_id;
        WHEN 'outside_use' THEN SELECT NOT secret INTO open FROM fangdi.outside_use WHERE id = row_id;
        WHEN 'finding_event' THEN SELECT NOT secret INTO open FROM fangdi.finding_event WHERE id = row_id;
        WHEN 'document' THEN SELECT NOT classified INTO open FROM fangdi.document WHERE id = row_id;
        WHEN 'floor' THEN
            SELECT NOT building.secret INTO open
              FROM fangdi.floor JOIN fangdi.building ON building.id = floor.building_id WHERE floor.id = row_id;
        WHEN 'tenure' THEN
            SELECT NOT building.secret INTO open
              FROM fangdi.tenure JOIN fangdi.building ON building.id = tenure.building_id WHERE tenure.id = row_id;
        WHEN 'title' THEN
            SELECT NOT COALESCE(building.secret, parcel.secret) INTO open
              FROM fangdi.title
              LEFT JOIN fangdi.building ON building.id = title.building_id
              LEFT JOIN fangdi.parcel ON parcel.id = title.parcel_id
             WHERE title.id = row_id;
        WHEN 'occupant' THEN
            SELECT NOT occupancy.secret INTO open
              FROM fangdi.occupant JOIN fangdi.occupancy ON occupancy.id = occupant.occupancy_id WHERE occupant.id = row_id;
        WHEN 'document_link' THEN
            SELECT fangdi.audit_is_open('document', document_id) AND fangdi.audit_is_open('parcel', parcel_id)
                   AND fangdi.audit_is_open('site', site_id) AND fangdi.audit_is_open('building', building_id)
                   AND fangdi.audit_is_open('floor', floor_id) AND fangdi.audit_is_open('room', room_id)
                   AND fangdi.audit_is_open('occupancy', occupancy_id)
              INTO open FROM fangdi.document_link WHERE id = row_id;
        WHEN 'plan' THEN SELECT NOT secret INTO open FROM fangdi.plan WHERE id = row_id;
        WHEN 'job' THEN SELECT NOT secret INTO open FROM fangdi.job WHERE id = row_id;
        WHEN 'area_audit' THEN SELECT NOT secret INTO open FROM fangdi.area_audit WHERE id = row_id;
        WHEN 'area_audit_line' THEN
            SELECT NOT area_audit.secret INTO open
              FROM fangdi.area_audit_line JOIN fangdi.area_audit ON area_audit.id = audit_id
             WHERE area_audit_line.id = row_id;
        WHEN 'building_parcel' THEN RETURN fangdi.audit_is_open('building', row_id);
        WHEN 'site_parcel' THEN RETURN fangdi.audit_is_open('site', row_id);
        ELSE RETURN true;
    END CASE;
    IF open IS NULL THEN
        SELECT NOT secret INTO open
          FROM fangdi.audit_entry WHERE object_kind = kind AND object_id = row_id ORDER BY id DESC LIMIT 1;
    END IF;
    RETURN COALESCE(open, false);
END $$;

-- The policy of the trail: those who may read it where the entry belongs; and, when a transaction asks for the history of
-- an object (fangdi.history), those who see the object. Classified: only with clearance.
CREATE OR REPLACE FUNCTION fangdi.audit_seen(trail text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        '(%s OR (SELECT current_setting(''fangdi.history'', true) = ''on'') AND action IN (''insert'', ''update'', ''delete'') '
        'AND CASE object_kind %s '
        'WHEN ''jurisdiction'' THEN EXISTS (SELECT FROM fangdi.jurisdiction WHERE CAST(jurisdiction.code AS bigint) = object_id) '
        'ELSE false END) '
        'AND ((SELECT fangdi.is_cleared()) OR NOT secret AND fangdi.audit_is_open(object_kind, object_id))',
        trail,
        (SELECT string_agg(format('WHEN %1$L THEN EXISTS (SELECT FROM fangdi.%1$I WHERE %1$I.id = object_id)', kind), ' ')
           FROM unnest(ARRAY['room', 'occupancy', 'occupant', 'room_status', 'floor', 'building', 'title', 'tenure', 'site',
                             'parcel', 'zone', 'agency', 'agency_posts', 'agency_staff', 'document', 'plan', 'area_audit',
                             'area_audit_line']) AS kind))
$$;
