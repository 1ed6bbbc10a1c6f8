-- Who sits in which office on a date, with what belongs to it (使用面积, m², one basis)? Those larger than the lowest ceilings that any
-- jurisdiction has for the ranks of their occupants (m² by rank), those with annexes, and known ones; most are none of these.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set ceilings '''{"city_staff": 9}''' \set known '''{}'''
WITH annex AS MATERIALIZED (
    SELECT room_annex.office_id, room_annex.kind, room.id, room.secret,
           fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                           room.declared_usable_m2, room.measured_usable_m2) AS area_m2
      FROM fangdi.room_annex
      JOIN fangdi.room ON room.id = room_annex.room_id AND room.valid @> CAST(:as_of AS date)
     WHERE room_annex.valid @> CAST(:as_of AS date)
),
sitting AS MATERIALIZED (
    SELECT occupancy.room_id,
           sum(COALESCE(CAST(CAST(:ceilings AS jsonb) ->> occupant.rank_code AS double precision), 'Infinity')) AS least_m2,
           jsonb_agg(jsonb_build_object('person', occupant.person_key, 'rank', occupant.rank_code,
                                        'leader', COALESCE(staff_rank.leader, false), 'agency', occupancy.agency_id,
                                        'place', agency.jurisdiction_code)
                     ORDER BY occupancy.share DESC, occupancy.agency_id, occupant.person_key) AS occupants
      FROM fangdi.occupancy
      JOIN fangdi.occupant ON occupant.occupancy_id = occupancy.id
      JOIN fangdi.agency ON agency.id = occupancy.agency_id
      LEFT JOIN fangdi.staff_rank ON staff_rank.code = occupant.rank_code
     WHERE occupancy.valid @> CAST(:as_of AS date)
     GROUP BY occupancy.room_id
),
office AS (
    SELECT room.id, room.building_id, room.jurisdiction_code, room.secret,
           fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                           room.declared_usable_m2, room.measured_usable_m2) AS area_m2,
           sitting.occupants, sitting.least_m2,
           (SELECT COALESCE(jsonb_agg(jsonb_build_object('room', annex.id, 'kind', annex.kind, 'area_m2', annex.area_m2,
                                                         'secret', annex.secret) ORDER BY annex.id), '[]')
              FROM annex WHERE annex.office_id = room.id) AS annexes
      FROM sitting
      JOIN fangdi.room ON room.id = sitting.room_id AND room.valid @> CAST(:as_of AS date)
      JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
      JOIN fangdi.room_use ON room_use.code = room.use_code AND room_use.category = 'office'
)
SELECT * FROM office
 WHERE area_m2 > least_m2 OR annexes <> '[]' OR id = ANY (CAST(:known AS bigint[]))
 ORDER BY id;
