-- Enter an area approved by hand (核定面积批复), m² usable; returns its id.
-- psql: \set agency_id 1 \set office null \set service null \set equipment null \set total 2000 \set document_no '''1号'''
--       \set issued_on '''2026-01-01''' \set issued_by null \set remark null \set valid_from '''2026-01-01''' \set valid_until null
--       \set replaces_id null \set replaces_until null
INSERT INTO fangdi.area_approval (agency_id, approved_office_m2, approved_service_m2, approved_equipment_m2, approved_total_m2,
                                  document_no, issued_on, issued_by, remark, replaces_id, replaces_until, valid)
VALUES (:agency_id, CAST(:office AS double precision), CAST(:service AS double precision), CAST(:equipment AS double precision),
        :total, :document_no, :issued_on, CAST(:issued_by AS text), CAST(:remark AS text),
        CAST(:replaces_id AS bigint), CAST(:replaces_until AS date), daterange(CAST(:valid_from AS date), CAST(:valid_until AS date)))
RETURNING id;
