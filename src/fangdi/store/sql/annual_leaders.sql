-- Which rooms have leaders (领导干部) on a date: usable area in m² of one basis of the whole room, and how many sit in it?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null
SELECT agency.name AS agency, occupant.person_key, occupant.name, staff_rank.name AS rank, building.name AS building,
       floor.name AS floor, COALESCE(room.number, room.name, room.code) AS room, room_use.name AS use,
       fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS room_m2,
       (SELECT count(*) FROM fangdi.occupant AS beside
          JOIN fangdi.occupancy AS theirs ON theirs.id = beside.occupancy_id
         WHERE theirs.room_id = room.id AND theirs.valid @> CAST(:as_of AS date)) AS people
  FROM fangdi.occupant
  JOIN fangdi.staff_rank ON staff_rank.code = occupant.rank_code AND staff_rank.leader
  JOIN fangdi.occupancy ON occupancy.id = occupant.occupancy_id AND occupancy.valid @> CAST(:as_of AS date)
  JOIN fangdi.agency ON agency.id = occupancy.agency_id
  JOIN fangdi.room ON room.id = occupancy.room_id AND room.valid @> CAST(:as_of AS date)
  JOIN fangdi.room_use ON room_use.code = room.use_code
  JOIN fangdi.floor ON floor.id = room.floor_id
  JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
 WHERE CAST(:jurisdictions AS text[]) IS NULL OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[]))
 ORDER BY agency.id, staff_rank.sort, occupant.person_key, room.id;
