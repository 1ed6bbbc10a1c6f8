-- Notes what the auditor decided about a line.
UPDATE fangdi.area_audit_line SET decision = :decision, remark = :remark WHERE id = :id AND audit_id = :audit_id;
