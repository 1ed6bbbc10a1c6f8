-- What usable area (使用面积, m², one basis) has each building on a date by category of rooms, and how much of it is idle?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
-- A shared room counts once as a room; idle is what nobody uses, without a status against it, of uses that are assigned.
SELECT building.id, building.name, building.jurisdiction_code, room_use.category,
       CAST(COALESCE(sum(space.rooms) FILTER (WHERE space.kind <> 'part'), 0) AS bigint) AS rooms,
       CAST(COALESCE(sum(space.with_area) FILTER (WHERE space.kind <> 'part'), 0) AS bigint) AS with_area,
       CAST(sum(space.mm2) / 1e6 AS double precision) AS area_m2,
       CAST(COALESCE(sum(space.mm2) FILTER (WHERE space.kind = 'free' AND room_use.assignable), 0) / 1e6
            AS double precision) AS idle_m2
  FROM fangdi.seen_space(CAST(:as_of AS date), CAST(:basis AS text)) AS space
  JOIN fangdi.room_use ON room_use.code = space.use_code
  JOIN fangdi.building ON building.id = space.building_id
 WHERE room_use.category <> 'circulation'
 GROUP BY building.id, building.name, building.jurisdiction_code, room_use.category;
