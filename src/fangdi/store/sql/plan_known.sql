-- Which plan of a building was made of a file with this hash? The latest.
-- psql: \set building_id 1 \set sha256 ''''
SELECT id FROM fangdi.plan WHERE building_id = :building_id AND sha256 = :sha256 ORDER BY id DESC LIMIT 1;
