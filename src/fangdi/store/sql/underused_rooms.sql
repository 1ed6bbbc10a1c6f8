-- Of which rooms were fewer than a share of the seats taken by the persons (在室人数) filed in them on one of two days, and how many
-- persons on each of some days? Rooms used whole that stand, with their building, on the date; usable area in m² of one basis.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set uses '''{office}'''
--       \set days '''{2025-06-30,2025-09-30,2025-12-31}''' \set last_days '''{2025-09-30,2025-12-31}''' \set share 0.5
-- An agency that files nobody in the building on a day says nothing of its rooms there: they have no row for it.
WITH filed AS MATERIALIZED (
    SELECT occupant.occupancy_id, count(*) AS persons FROM fangdi.occupant GROUP BY occupant.occupancy_id
),
used AS MATERIALIZED (
    SELECT room.id AS room_id, room.building_id, occupancy.agency_id, occupancy.valid, room.seats, COALESCE(filed.persons, 0) AS persons
      FROM fangdi.occupancy
      JOIN fangdi.room ON room.id = occupancy.room_id
      LEFT JOIN filed ON filed.occupancy_id = occupancy.id
     WHERE occupancy.share = 1 AND room.seats > 0 AND room.use_code = ANY (CAST(:uses AS text[]))
       AND room.valid @> CAST(:as_of AS date)
       AND (CAST(:jurisdictions AS text[]) IS NULL OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
),
filing AS MATERIALIZED (
    SELECT DISTINCT used.agency_id, used.building_id, wanted.day
      FROM used JOIN unnest(CAST(:days AS date[])) AS wanted (day) ON used.valid @> wanted.day
     WHERE used.persons > 0
),
candidate AS MATERIALIZED (
    SELECT DISTINCT used.room_id
      FROM used
      JOIN filing USING (agency_id, building_id)
     WHERE filing.day = ANY (CAST(:last_days AS date[])) AND used.valid @> filing.day AND used.persons < :share * used.seats
)
SELECT used.room_id AS id, used.agency_id, agency.name AS agency_name, agency.level AS agency_level, used.seats, used.persons, filing.day,
       room.number, floor.level, fangdi.lonlat(COALESCE(room.outline, building.location)) AS location,
       building.id AS building_id, building.name AS building_name,
       fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS area_m2
  FROM candidate
  JOIN used USING (room_id)
  JOIN filing ON filing.agency_id = used.agency_id AND filing.building_id = used.building_id AND used.valid @> filing.day
  JOIN fangdi.room ON room.id = used.room_id
  JOIN fangdi.floor ON floor.id = room.floor_id
  JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
  JOIN fangdi.agency ON agency.id = used.agency_id
 ORDER BY building.id, used.room_id, filing.day;
