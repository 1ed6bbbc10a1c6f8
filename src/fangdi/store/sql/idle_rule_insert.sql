-- Enter a version of the rule of what is idle and under-used; returns its id.
-- psql: \set jurisdiction_code null \set min_days 90 \set use_codes null \set statuses '''{repair}''' \set period_months 3
--       \set m2_per_head 18 \set seat_share 0.5 \set source '''x''' \set verification '''memory'''
--       \set valid_from '''2027-01-01''' \set reason null
INSERT INTO fangdi.idle_rule (jurisdiction_code, min_days, use_codes, statuses, period_months, m2_per_head, seat_share, source,
                              verification, valid, reason)
VALUES (CAST(:jurisdiction_code AS text), :min_days, CAST(:use_codes AS text[]), CAST(:statuses AS text[]), :period_months,
        CAST(:m2_per_head AS double precision), CAST(:seat_share AS double precision), :source, :verification,
        daterange(CAST(:valid_from AS date), NULL), CAST(:reason AS text))
RETURNING id;
