-- How many findings are there by rule and state, now or as they stood on a day (`then`), and how many of them are overdue?
-- psql: \set then null \set today '''2026-01-01''' \set jurisdictions null \set agency_id null
WITH seen AS (
    SELECT finding.rule, finding.state, finding.severity, finding.deadline
      FROM fangdi.finding
     WHERE CAST(:then AS date) IS NULL
       AND (CAST(:jurisdictions AS text[]) IS NULL OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
       AND (CAST(:agency_id AS bigint) IS NULL OR agency_id = :agency_id)
     UNION ALL
    SELECT finding.rule, stood.state, stood.severity, stood.deadline
      FROM fangdi.finding
      JOIN (SELECT DISTINCT ON (finding_id) finding_id, state, severity, deadline
              FROM fangdi.finding_event
             WHERE day <= CAST(:then AS date)
             ORDER BY finding_id, day DESC, id DESC) AS stood ON stood.finding_id = finding.id
     WHERE CAST(:then AS date) IS NOT NULL
       AND (CAST(:jurisdictions AS text[]) IS NULL OR finding.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
       AND (CAST(:agency_id AS bigint) IS NULL OR finding.agency_id = :agency_id)
)
SELECT rule, state, severity, count(*) AS findings,
       count(*) FILTER (WHERE state IN ('ordered', 'explained') AND deadline < CAST(:today AS date)) AS overdue
  FROM seen
 GROUP BY rule, state, severity
 ORDER BY rule, state, severity;
