-- Drafts an audit of a plan; returns its number.
INSERT INTO fangdi.area_audit (plan_id, rule_id) VALUES (:plan_id, :rule_id) RETURNING id, jurisdiction_code;
