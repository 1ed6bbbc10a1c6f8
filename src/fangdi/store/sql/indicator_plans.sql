-- How many floor plans in force has each building on a date, and how many of them has an accepted audit judged?
-- psql: \set as_of '''2026-01-01'''
-- In force: rooms were taken from it by the date, and no plan taken over later by the date has all its floors, the rule by
-- which plan_import.sql supersedes plans.
WITH taken AS (
    SELECT id, building_id, imported_at FROM fangdi.plan WHERE CAST(imported_at AS date) <= CAST(:as_of AS date)
),
in_force AS (
    SELECT id, building_id
      FROM taken
     WHERE NOT EXISTS (
           SELECT FROM taken AS later
            WHERE later.building_id = taken.building_id AND later.imported_at > taken.imported_at
              AND NOT EXISTS (
                  SELECT FROM fangdi.plan_floor AS before
                   WHERE before.plan_id = taken.id
                     AND NOT EXISTS (SELECT FROM fangdi.plan_floor AS now
                                      WHERE now.plan_id = later.id AND now.level = before.level)))
),
counted AS (
    SELECT building_id, count(*) AS plans,
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM fangdi.area_audit
                WHERE area_audit.plan_id = in_force.id AND CAST(accepted_at AS date) <= CAST(:as_of AS date))) AS audited
      FROM in_force
     GROUP BY building_id
)
SELECT building.id, building.name, building.jurisdiction_code, COALESCE(counted.plans, 0) AS plans,
       COALESCE(counted.audited, 0) AS audited
  FROM fangdi.building
  LEFT JOIN counted ON counted.building_id = building.id
 WHERE fangdi.holds_on(building.valid, CAST(:as_of AS date));
