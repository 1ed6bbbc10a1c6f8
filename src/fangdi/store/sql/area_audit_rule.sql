-- Which tolerance is in force for an accuracy class on a date?
-- psql: \set accuracy 3 \set as_of '''2026-01-01'''
SELECT id, accuracy, root, linear, source, verified
  FROM fangdi.tolerance_rule
 WHERE accuracy = :accuracy AND valid @> CAST(:as_of AS date);
