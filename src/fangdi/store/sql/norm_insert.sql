-- Enter a version of a norm figure, in the unit of its kind; returns its id.
-- psql: \set jurisdiction_code null \set source_id 1 \set kind '''guard''' \set level null \set rank_code null \set figure 25
--       \set upto null \set beyond_from null \set figure_beyond null \set article '''''' \set verification '''memory'''
--       \set evidence '''''' \set valid_from '''2027-01-01''' \set valid_until null \set reason null
INSERT INTO fangdi.norm (jurisdiction_code, source_id, kind, level, rank_code, figure, upto, beyond_from, figure_beyond, article,
                         verification, evidence, valid, reason)
VALUES (CAST(:jurisdiction_code AS text), :source_id, :kind, CAST(:level AS text), CAST(:rank_code AS text), :figure,
        CAST(:upto AS integer), CAST(:beyond_from AS integer), CAST(:figure_beyond AS double precision), :article, :verification,
        :evidence, daterange(CAST(:valid_from AS date), CAST(:valid_until AS date)), CAST(:reason AS text))
RETURNING id;
