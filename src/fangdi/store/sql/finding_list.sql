-- Which findings are there, as they stand now or stood on a day (`then`)? The graver first, then rule by rule in the order of
-- `rules`, then the larger beside what is allowed (without that: the larger); one page.
-- psql: \set then null \set today '''2026-01-01''' \set rule null \set state null \set severity null \set agency_id null
--       \set building_id null \set room_id null \set jurisdictions null \set overdue false \set id null
--       \set rules '''{over_area}''' \set after_minor '-1' \set after_rule 0 \set after_less 0 \set after_id 0 \set page_size 100
WITH seen AS (
    SELECT id, state, severity, holds, episode, since, deadline, measure, figures
      FROM fangdi.finding WHERE CAST(:then AS date) IS NULL
     UNION ALL
    SELECT finding.id, stood.state, stood.severity, stood.state <> 'closed', stood.episode,
           (SELECT min(day) FROM fangdi.finding_event AS began
             WHERE began.finding_id = finding.id AND began.episode = stood.episode),
           stood.deadline, stood.measure, stood.figures
      FROM fangdi.finding
      JOIN LATERAL (SELECT * FROM fangdi.finding_event
                     WHERE finding_event.finding_id = finding.id AND day <= CAST(:then AS date)
                     ORDER BY day DESC, id DESC LIMIT 1) AS stood ON true
     WHERE CAST(:then AS date) IS NOT NULL
),
chosen AS (
    -- an order that was explained still stands until it is closed or replaced
    SELECT seen.*, seen.state IN ('ordered', 'explained') AND seen.deadline < CAST(:today AS date) AS overdue,
           CASE seen.severity WHEN 'minor' THEN 1 ELSE 0 END AS minor,
           COALESCE(array_position(CAST(:rules AS text[]), finding.rule), 0) AS place,
           1000000000000000 - CAST(round(1000000 * CASE
               WHEN allowed.m2 IS NULL THEN COALESCE(seen.measure, 0)
               -- where nothing at all is allowed, everything is beyond it
               WHEN allowed.m2 = 0 THEN 1000000 + COALESCE(seen.measure, 0)
               ELSE COALESCE(seen.measure, 0) / allowed.m2 END) AS bigint) AS less
      FROM seen
      JOIN fangdi.finding USING (id)
     CROSS JOIN LATERAL (
           SELECT CAST(COALESCE(seen.figures ->> 'approved_m2', seen.figures ->> 'ceiling_m2',
                                seen.figures ->> 'washroom_limit_m2') AS double precision) AS m2
           ) AS allowed
     WHERE (CAST(:id AS bigint) IS NULL OR seen.id = :id)
       AND (CAST(:rule AS text) IS NULL OR finding.rule = :rule)
       AND (CAST(:state AS text) IS NULL OR seen.state = :state OR :state = 'unsettled' AND seen.state <> 'closed')
       AND (CAST(:severity AS text) IS NULL OR seen.severity = :severity)
       AND (CAST(:agency_id AS bigint) IS NULL OR finding.agency_id = :agency_id)
       AND (CAST(:building_id AS bigint) IS NULL OR finding.building_id = :building_id)
       AND (CAST(:room_id AS bigint) IS NULL OR finding.room_ids @> ARRAY[CAST(:room_id AS bigint)])
       AND (CAST(:jurisdictions AS text[]) IS NULL OR finding.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
),
page AS (
    SELECT * FROM chosen
     WHERE (NOT CAST(:overdue AS boolean) OR overdue)
       AND (minor, place, less, id) > (CAST(:after_minor AS bigint), CAST(:after_rule AS bigint), CAST(:after_less AS bigint),
                                       CAST(:after_id AS bigint))
     ORDER BY minor, place, less, id
     LIMIT CAST(:page_size AS integer)
)
SELECT page.id, finding.rule, finding.object_kind, finding.object_key, finding.subject, finding.jurisdiction_code, page.severity,
       page.state, page.holds, page.episode, page.since, page.deadline, page.overdue, page.measure, page.figures, page.minor,
       page.place, page.less, finding.certainty, finding.agency_id, finding.building_id,
       COALESCE(finding.room_id, room.id) AS room_id, finding.parcel_id,
       finding.person_key, finding.last_event_id, finding.secret, agency.name AS agency, building.name AS building,
       room.number AS room, room.floor_id, floor.level, parcel.code AS parcel,
       staff_rank.name AS rank, staff_rank.name_en AS rank_en
  FROM page
  JOIN fangdi.finding ON finding.id = page.id
  LEFT JOIN fangdi.agency ON agency.id = finding.agency_id
  LEFT JOIN fangdi.building ON building.id = finding.building_id
  -- of a person the first of the offices, which is in the building that is named
  LEFT JOIN fangdi.room ON room.id = CASE finding.object_kind WHEN 'person' THEN CAST(finding.rooms -> 0 ->> 'id' AS bigint)
                                          ELSE finding.room_id END
  LEFT JOIN fangdi.floor ON floor.id = room.floor_id
  LEFT JOIN fangdi.parcel ON parcel.id = finding.parcel_id
  LEFT JOIN fangdi.staff_rank ON finding.object_kind = 'person' AND staff_rank.code = page.figures ->> 'rank'
 ORDER BY page.minor, page.place, page.less, page.id;
