-- Which areas were approved by hand for an agency, m² usable, the latest first?
-- psql: \set agency_id 1
SELECT id AS approval_id, approved_office_m2, approved_service_m2, approved_equipment_m2, approved_total_m2, document_no,
       issued_on, issued_by, remark, lower(valid) AS valid_from, upper(valid) AS valid_until, entered_by, entered_at,
       entered_at >= current_date
       AND NOT EXISTS (SELECT FROM fangdi.area_approval AS later WHERE later.replaces_id = area_approval.id) AS withdrawable
  FROM fangdi.area_approval
 WHERE agency_id = :agency_id
 ORDER BY lower(valid) DESC NULLS LAST, id DESC;
