-- Where does a building stand, in which frame are its plans, and what is its footprint? EPSG:4490, longitude first.
-- psql: \set id 1
SELECT id, name, jurisdiction_code, plan_crs, ST_X(location) AS longitude, ST_Y(location) AS latitude,
       ST_AsBinary(outline) AS outline,
       registered_gross_m2, planning_gross_m2, declared_gross_m2, measured_gross_m2
  FROM fangdi.building
 WHERE id = :id;
