-- In what state of use is each room, and when? The definition of fangdi.room_spell and of all sums of use.
-- A room stands while it and its building exist. On each of these days it is used whole by one agency, or shared (a part
-- for each user, and the rest), or closed, or free; a shared room counts as a room once, in its rest.
-- Areas in whole mm²; the parts of a shared room and its rest add up to its area exactly.
CREATE OR REPLACE VIEW fangdi.room_standing AS
SELECT room.id AS room_id, room.jurisdiction_code, room.building_id, room.floor_id, room.use_code, room.secret,
       room.valid * building.valid AS stands,
       CAST(round(registered_usable_m2 * 1e6) AS bigint) AS registered_mm2,
       CAST(round(planning_usable_m2 * 1e6) AS bigint) AS planning_mm2,
       CAST(round(declared_usable_m2 * 1e6) AS bigint) AS declared_mm2,
       CAST(round(measured_usable_m2 * 1e6) AS bigint) AS measured_mm2
  FROM fangdi.room
  JOIN fangdi.building ON building.id = room.building_id
 WHERE room.valid && building.valid;

CREATE OR REPLACE FUNCTION fangdi.shared_mm2(whole bigint, share numeric) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CAST(round(whole * share) AS bigint) $$;

-- Between each day on which a share of a room begins or ends and the next: who has what part of it. Sections of one agency
-- are one user.
CREATE OR REPLACE VIEW fangdi.room_shared AS
SELECT cut.room_id, cut.days, occupancy.agency_id, sum(occupancy.share) AS share
  FROM (SELECT room_id, daterange(day, lead(day) OVER (PARTITION BY room_id ORDER BY day)) AS days
          FROM (SELECT room_id, COALESCE(lower(valid), '-infinity') AS day FROM fangdi.occupancy WHERE share < 1
                 UNION
                SELECT room_id, COALESCE(upper(valid), 'infinity') FROM fangdi.occupancy WHERE share < 1) AS edge
       ) AS cut
  JOIN fangdi.occupancy ON occupancy.room_id = cut.room_id AND occupancy.share < 1 AND occupancy.valid && cut.days
 GROUP BY cut.room_id, cut.days, occupancy.agency_id;

-- Each part of a view can be asked for one room: the test on room_id reaches every table below it.
CREATE OR REPLACE VIEW fangdi.room_spell_now AS
SELECT standing.room_id, standing.jurisdiction_code, standing.building_id, standing.floor_id, occupancy.agency_id, 'used' AS kind,
       standing.use_code, standing.secret, occupancy.valid * standing.stands AS valid,
       registered_mm2, planning_mm2, declared_mm2, measured_mm2
  FROM fangdi.room_standing AS standing
  JOIN fangdi.occupancy ON occupancy.room_id = standing.room_id
 WHERE occupancy.share = 1 AND occupancy.valid && standing.stands
UNION ALL
SELECT standing.room_id, standing.jurisdiction_code, standing.building_id, standing.floor_id, part.agency_id, 'part', standing.use_code,
       standing.secret, part.days * standing.stands,
       fangdi.shared_mm2(registered_mm2, share), fangdi.shared_mm2(planning_mm2, share),
       fangdi.shared_mm2(declared_mm2, share), fangdi.shared_mm2(measured_mm2, share)
  FROM fangdi.room_standing AS standing
  JOIN fangdi.room_shared AS part ON part.room_id = standing.room_id
 WHERE part.days && standing.stands
UNION ALL
SELECT standing.room_id, standing.jurisdiction_code, standing.building_id, standing.floor_id, NULL, 'rest', standing.use_code, standing.secret,
       part.days * standing.stands,
       CAST(registered_mm2 - sum(fangdi.shared_mm2(registered_mm2, share)) AS bigint),
       CAST(planning_mm2 - sum(fangdi.shared_mm2(planning_mm2, share)) AS bigint),
       CAST(declared_mm2 - sum(fangdi.shared_mm2(declared_mm2, share)) AS bigint),
       CAST(measured_mm2 - sum(fangdi.shared_mm2(measured_mm2, share)) AS bigint)
  FROM fangdi.room_standing AS standing
  JOIN fangdi.room_shared AS part ON part.room_id = standing.room_id
 WHERE part.days && standing.stands
 GROUP BY standing.room_id, standing.jurisdiction_code, standing.building_id, standing.floor_id, standing.use_code, standing.secret, standing.stands,
          part.days, registered_mm2, planning_mm2, declared_mm2, measured_mm2
UNION ALL
SELECT standing.room_id, standing.jurisdiction_code, standing.building_id, standing.floor_id, NULL, empty.kind, standing.use_code, standing.secret,
       empty.valid, registered_mm2, planning_mm2, declared_mm2, measured_mm2
  FROM fangdi.room_standing AS standing
  LEFT JOIN (SELECT room_id, range_agg(valid) AS days FROM fangdi.occupancy GROUP BY room_id) AS used USING (room_id)
  LEFT JOIN (SELECT room_id, range_agg(valid) AS days FROM fangdi.room_status GROUP BY room_id) AS closed USING (room_id)
 CROSS JOIN LATERAL (
       SELECT CAST(stands AS datemultirange) - COALESCE(used.days, '{}') AS days
       ) AS unused
 CROSS JOIN LATERAL (
       SELECT 'closed' AS kind, unnest(unused.days * COALESCE(closed.days, '{}')) AS valid
        UNION ALL
       SELECT 'free', unnest(unused.days - COALESCE(closed.days, '{}'))
       ) AS empty;

-- The same of one room, by its indexes. In plpgsql, which keeps the plan.
CREATE OR REPLACE FUNCTION fangdi.spells_of_room(wanted bigint) RETURNS SETOF fangdi.room_spell
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT * FROM fangdi.room_spell_now WHERE room_id = wanted;
END $$;

-- The same on one date, in one basis, of what a sight allows, added up: without what was before and will be, in a small
-- part of the time. Inlined.
DROP FUNCTION IF EXISTS fangdi.usage_on(date, fangdi.sight);
CREATE OR REPLACE FUNCTION fangdi.usage_on(as_of date, basis text, sight fangdi.sight)
RETURNS TABLE (jurisdiction_code text, agency_id bigint, use_code text, kind text, rooms bigint, with_area bigint,
               area_mm2 bigint)
LANGUAGE sql STABLE AS $$
    WITH standing AS NOT MATERIALIZED (
        SELECT room.id, room.jurisdiction_code, room.use_code,
               CAST(round(fangdi.of_basis(basis, registered_usable_m2, planning_usable_m2, declared_usable_m2,
                                          measured_usable_m2) * 1e6) AS bigint) AS mm2
          FROM fangdi.room
         WHERE room.valid @> as_of
           AND room.building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone(as_of) AS building_gone)
           AND ((sight).cleared OR NOT room.secret)
    ),
    shared AS MATERIALIZED (
        SELECT standing.*, occupancy.agency_id, sum(occupancy.share) AS share
          FROM standing
          JOIN fangdi.occupancy ON occupancy.room_id = standing.id AND share < 1 AND occupancy.valid @> as_of
         GROUP BY standing.id, standing.jurisdiction_code, standing.use_code, mm2, occupancy.agency_id
    )
    SELECT standing.jurisdiction_code, whole.agency_id, standing.use_code,
           CASE WHEN whole.agency_id IS NOT NULL THEN 'used' WHEN status.room_id IS NOT NULL THEN 'closed' ELSE 'free' END,
           count(*), count(mm2), CAST(COALESCE(sum(mm2), 0) AS bigint)
      FROM standing
      LEFT JOIN fangdi.occupancy AS whole ON whole.room_id = standing.id AND whole.share = 1 AND whole.valid @> as_of
      LEFT JOIN fangdi.room_status AS status ON status.room_id = standing.id AND status.valid @> as_of
     WHERE ((sight).everywhere OR standing.jurisdiction_code = ANY ((sight).places) OR whole.agency_id = ANY ((sight).mine))
       AND NOT EXISTS (SELECT FROM fangdi.occupancy AS part
                        WHERE part.room_id = standing.id AND part.share < 1 AND part.valid @> as_of)
     GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT shared.jurisdiction_code, shared.agency_id, shared.use_code, 'part', count(*), count(mm2),
           CAST(COALESCE(sum(fangdi.shared_mm2(mm2, share)), 0) AS bigint)
      FROM shared
     WHERE ((sight).everywhere OR shared.jurisdiction_code = ANY ((sight).places) OR shared.agency_id = ANY ((sight).mine))
     GROUP BY 1, 2, 3
    UNION ALL
    SELECT rest.jurisdiction_code, CAST(NULL AS bigint), rest.use_code, 'rest', count(*), count(mm2),
           CAST(COALESCE(sum(mm2 - taken), 0) AS bigint)
      FROM (SELECT id, jurisdiction_code, use_code, mm2, sum(fangdi.shared_mm2(mm2, share)) AS taken
              FROM shared
             WHERE ((sight).everywhere OR jurisdiction_code = ANY ((sight).places))
             GROUP BY 1, 2, 3, 4) AS rest
     GROUP BY 1, 2, 3
$$;
