-- What happened to a finding, the latest first?
-- psql: \set id 1
SELECT id, episode, day, action, state, severity, measure, figures, deadline, reason, document_no, account_id, done_by,
       done_by_name, done_at
  FROM fangdi.finding_event
 WHERE finding_id = :id
 ORDER BY id DESC;
