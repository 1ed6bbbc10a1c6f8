-- Which rates of the cost of use are there, in the unit of their kind, with what they rest on? Those in force on a date, or all.
-- psql: \set as_of null \set id null \set kind null
SELECT cost_rate.id, cost_rate.kind, cost_rate.jurisdiction_code, jurisdiction.name AS jurisdiction,
       jurisdiction.name_en AS jurisdiction_en, cost_rate.building_id, building.name AS building, cost_rate.structure,
       cost_rate.has_lift, cost_rate.figure, cost_rate.source, cost_rate.verification, lower(cost_rate.valid) AS valid_from,
       upper(cost_rate.valid) AS valid_until, cost_rate.entered_at, cost_rate.entered_by, cost_rate.reason,
       COALESCE(lower(cost_rate.valid) > current_date, false) OR cost_rate.entered_at >= current_date AS withdrawable
  FROM fangdi.cost_rate
  LEFT JOIN fangdi.jurisdiction ON jurisdiction.code = cost_rate.jurisdiction_code
  LEFT JOIN fangdi.building ON building.id = cost_rate.building_id
 WHERE (CAST(:as_of AS date) IS NULL OR cost_rate.valid @> CAST(:as_of AS date))
   AND (CAST(:id AS bigint) IS NULL OR cost_rate.id = :id)
   AND (CAST(:kind AS text) IS NULL OR cost_rate.kind = :kind)
 ORDER BY array_position(ARRAY['building_value', 'residual_ratio', 'useful_life', 'land_value', 'land_term', 'upkeep',
                               'services', 'energy', 'efficiency', 'reasonable_level'], cost_rate.kind),
          cost_rate.jurisdiction_code NULLS FIRST, cost_rate.building_id NULLS FIRST, cost_rate.structure NULLS FIRST,
          cost_rate.has_lift NULLS FIRST, lower(cost_rate.valid) NULLS FIRST, cost_rate.id;
