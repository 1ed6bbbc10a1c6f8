-- Enter a version of a building project (建设项目); returns its id.
-- psql: \set jurisdiction_code '''330200''' \set code '''2026-01''' \set name '''办公楼''' \set approved_by null \set builder null
--       \set user_name null \set address null \set planning_gross_m2 1000 \set estimate_10k_yuan 500 \set classified false
--       \set valid_from '''2026-01-01''' \set valid_until null
INSERT INTO fangdi.construction_project (jurisdiction_code, code, name, approved_by, builder, user_name, address,
                                         planning_gross_m2, estimate_10k_yuan, classified, valid)
VALUES (:jurisdiction_code, :code, :name, CAST(:approved_by AS text), CAST(:builder AS text), CAST(:user_name AS text),
        CAST(:address AS text), CAST(:planning_gross_m2 AS double precision), CAST(:estimate_10k_yuan AS double precision),
        :classified, daterange(CAST(:valid_from AS date), CAST(:valid_until AS date)))
RETURNING id;
