-- When were findings computed last, as of which day, and is that still the state of the data? Is it asked for already? And as
-- of which day were they computed first?
SELECT run.id, run.as_of, run.basis, run.radius_m, run.began_at, run.ended_at, fangdi.findings_stale() AS stale,
       fangdi.findings_queued() AS queued, (SELECT as_of FROM fangdi.finding_run ORDER BY id LIMIT 1) AS first_day
  FROM (SELECT) AS one
  LEFT JOIN LATERAL (SELECT * FROM fangdi.finding_run ORDER BY id DESC LIMIT 1) AS run ON true;
