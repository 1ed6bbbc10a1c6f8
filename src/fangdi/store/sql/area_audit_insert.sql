-- Drafts an audit of a plan; returns its number.
INSERT INTO fangdi.area_audit (plan_id, rule_id, as_of) VALUES (:plan_id, :rule_id, :as_of) RETURNING id, jurisdiction_code;
