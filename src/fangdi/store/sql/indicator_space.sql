-- What usable area (使用面积, m², one basis) has each building on a date by category of rooms, and how much of it is idle?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set middle_room 300000
SELECT building.id, building.name, building.jurisdiction_code, wanted.category, usable.rooms, usable.with_area,
       COALESCE(usable.area_m2, 0) AS area_m2, COALESCE(idle.area_m2, 0) AS idle_m2
  FROM (SELECT category, array_agg(code) AS uses, array_agg(code) FILTER (WHERE assignable) AS idle_uses
          FROM fangdi.room_use
         WHERE category <> 'circulation'
         GROUP BY category) AS wanted
 CROSS JOIN LATERAL fangdi.seen_usable(CAST(:as_of AS date), CAST(:basis AS text), wanted.uses, NULL) AS usable
  LEFT JOIN LATERAL (
       SELECT building_id, sum(area_m2) AS area_m2
         FROM fangdi.seen_idle(CAST(:as_of AS date), CAST(:basis AS text), wanted.idle_uses, NULL,
                               CAST(:middle_room AS bigint), NULL)
        GROUP BY building_id
       ) AS idle ON idle.building_id = usable.building_id
  JOIN fangdi.building ON building.id = usable.building_id;
