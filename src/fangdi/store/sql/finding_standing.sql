-- How do all findings stand? Locked, so that nobody acts on one while it is computed anew.
SELECT finding.id, finding.rule, finding.object_kind, finding.object_key, finding.subject, finding.state, finding.holds,
       finding.episode, finding.gist, finding.secret, finding.deadline, finding.severity, finding.jurisdiction_code,
       (SELECT measure FROM fangdi.finding_event WHERE finding_event.id = finding.last_event_id) AS measure
  FROM fangdi.finding
   FOR UPDATE;
