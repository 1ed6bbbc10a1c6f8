-- Note a computation of all findings, from the versions of the data that it began with.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set radius_m 2000 \set versions '''{}''' \set began_at '''2026-01-01'''
INSERT INTO fangdi.finding_run (as_of, basis, radius_m, versions, began_at, ended_at)
VALUES (:as_of, :basis, :radius_m, CAST(:versions AS jsonb), :began_at, clock_timestamp())
RETURNING id;
