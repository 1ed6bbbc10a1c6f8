-- Let somebody of the sample city have acted on some findings of each rule: warned, ordered, explained.
-- psql: \set day '''2025-09-15''' \set overdue '''2025-12-31''' \set ahead '''2027-06-30'''
WITH chosen AS (
    SELECT *, row_number() OVER (PARTITION BY rule ORDER BY severity, measure DESC NULLS LAST, id) AS place
      FROM fangdi.finding WHERE state = 'open'
),
done AS (
    SELECT chosen.*, act.action, act.after, act.reason, act.document, CAST(act.until AS date) AS until
      FROM chosen
      JOIN (VALUES (1, 'order', 'ordered', '限期整改(示例)', '示例整改通知〔2025〕8号', CAST(:overdue AS text)),
                   (2, 'warn', 'warned', '提醒尽快处理(示例)', NULL, NULL),
                   (4, 'explain', 'explained', '单位说明:正在办理手续(示例)', '示例说明〔2025〕3号', NULL),
                   (5, 'order', 'ordered', '限期整改(示例)', '示例整改通知〔2025〕9号', CAST(:ahead AS text)),
                   (6, 'warn', 'warned', '提醒尽快处理(示例)', NULL, NULL)
           ) AS act (place, action, after, reason, document, until) USING (place)
),
added AS (
    INSERT INTO fangdi.finding_event (jurisdiction_code, finding_id, episode, day, action, state, severity, measure, figures,
                                      rooms, deadline, reason, document_no, after_event_id, done_by, done_by_name, secret)
    SELECT jurisdiction_code, id, episode, CAST(:day AS date), action, after, severity, measure, figures, rooms, until, reason,
           document, last_event_id, '示例', '示例(无账号)', secret
      FROM done
    RETURNING id, finding_id, state, deadline
)
UPDATE fangdi.finding SET state = added.state, deadline = added.deadline, last_event_id = added.id
  FROM added WHERE finding.id = added.finding_id;
