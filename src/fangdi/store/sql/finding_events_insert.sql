-- Add what a recomputation did to findings, and remember each as the latest; findings by rule, object and subject.
-- psql: \set rows '''[]''' \set day '''2026-01-01'''
WITH added AS (
    INSERT INTO fangdi.finding_event (jurisdiction_code, finding_id, episode, day, action, state, severity, measure, figures,
                                      rooms, deadline, reason, secret)
    SELECT finding.jurisdiction_code, finding.id, finding.episode, CAST(:day AS date), given.action, finding.state,
           finding.severity, finding.measure, finding.figures, finding.rooms, finding.deadline, given.reason, finding.secret
      FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (
           rule text, object_kind text, object_key text, subject text, action text, reason text)
      JOIN fangdi.finding USING (rule, object_kind, object_key, subject)
    RETURNING id, finding_id
)
UPDATE fangdi.finding SET last_event_id = added.id FROM added WHERE finding.id = added.finding_id;
