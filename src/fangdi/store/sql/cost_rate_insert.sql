-- Enter a version of a rate of the cost of use, in the unit of its kind; returns its id.
-- psql: \set jurisdiction_code null \set building_id null \set structure null \set has_lift null \set kind '''upkeep'''
--       \set figure 20 \set source '''x''' \set verification '''memory''' \set valid_from '''2027-01-01''' \set reason null
INSERT INTO fangdi.cost_rate (jurisdiction_code, building_id, structure, has_lift, kind, figure, source, verification, valid, reason)
VALUES (CAST(:jurisdiction_code AS text), CAST(:building_id AS bigint), CAST(:structure AS text), CAST(:has_lift AS boolean), :kind,
        :figure, :source, :verification, daterange(CAST(:valid_from AS date), NULL), CAST(:reason AS text))
RETURNING id;
