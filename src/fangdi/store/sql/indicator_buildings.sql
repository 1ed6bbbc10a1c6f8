-- By what right is each building held on a date, with its gross area (建筑面积, m², one basis) and yearly rent (CNY)?
-- psql: \set as_of '''2026-01-01''' \set basis '''registered'''
SELECT building.id, building.name, building.jurisdiction_code, title.state AS title, tenure.kind AS tenure,
       fangdi.of_basis(:basis, building.registered_gross_m2, building.planning_gross_m2,
                       building.declared_gross_m2, building.measured_gross_m2) AS gross_m2,
       tenure.annual_rent_yuan AS rent_yuan
  FROM fangdi.building
  LEFT JOIN fangdi.seen_titles(CAST(:as_of AS date)) AS title ON title.building_id = building.id
  LEFT JOIN fangdi.seen_rents(CAST(:as_of AS date)) AS tenure ON tenure.building_id = building.id
 WHERE fangdi.holds_on(building.valid, CAST(:as_of AS date));
