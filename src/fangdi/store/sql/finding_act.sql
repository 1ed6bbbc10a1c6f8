-- Add what somebody does to a finding; the trigger act_on_finding says the rest.
-- psql: \set id 1 \set after_event_id 1 \set action '''warn''' \set reason '''提醒''' \set deadline null \set document_no null
INSERT INTO fangdi.finding_event (finding_id, after_event_id, action, reason, deadline, document_no)
VALUES (:id, CAST(:after_event_id AS bigint), :action, :reason, CAST(:deadline AS date), CAST(:document_no AS text));
