-- Which floors has a building, with gross areas in m² by basis?
-- psql: \set building_id 1
SELECT id, CAST(level AS double precision) AS level, name, registered_gross_m2, planning_gross_m2, declared_gross_m2,
       measured_gross_m2
  FROM fangdi.floor
 WHERE building_id = :building_id
 ORDER BY level;
