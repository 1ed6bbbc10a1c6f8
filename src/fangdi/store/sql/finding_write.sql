-- Add findings and renew those that are there (by rule, object and subject): where they belong, evidence, state, episode.
-- psql: \set rows '''[]''' \set day '''2026-01-01'''
INSERT INTO fangdi.finding AS known (
    jurisdiction_code, places, rule, object_kind, object_key, subject, agency_id, building_id, room_id, parcel_id, person_key,
    severity, state, holds, episode, since, measure, figures, rooms, room_ids, norm_ids, certainty, gist, secret)
SELECT jurisdiction_code, places, rule, object_kind, object_key, subject, agency_id, building_id, room_id, parcel_id, person_key,
       severity, state, holds, episode, CAST(:day AS date), measure, figures, rooms, room_ids, norm_ids, certainty, gist, secret
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (
       jurisdiction_code text, places text[], rule text, object_kind text, object_key text, subject text, agency_id bigint,
       building_id bigint, room_id bigint, parcel_id bigint, person_key text, severity text, state text, holds boolean,
       episode integer, measure double precision, figures jsonb, rooms jsonb, room_ids bigint[], norm_ids bigint[],
       certainty text, gist text, secret boolean)
ON CONFLICT (rule, object_kind, object_key, subject) DO UPDATE
   SET jurisdiction_code = EXCLUDED.jurisdiction_code, places = EXCLUDED.places, agency_id = EXCLUDED.agency_id,
       building_id = EXCLUDED.building_id, room_id = EXCLUDED.room_id, parcel_id = EXCLUDED.parcel_id,
       person_key = EXCLUDED.person_key, severity = EXCLUDED.severity, state = EXCLUDED.state, holds = EXCLUDED.holds,
       episode = EXCLUDED.episode,
       since = CASE WHEN known.episode = EXCLUDED.episode THEN known.since ELSE EXCLUDED.since END,
       deadline = CASE WHEN EXCLUDED.state = 'closed' OR known.episode <> EXCLUDED.episode THEN NULL ELSE known.deadline END,
       measure = EXCLUDED.measure, figures = EXCLUDED.figures, rooms = EXCLUDED.rooms, room_ids = EXCLUDED.room_ids,
       norm_ids = EXCLUDED.norm_ids, certainty = EXCLUDED.certainty, gist = EXCLUDED.gist, secret = EXCLUDED.secret
 WHERE ROW(known.jurisdiction_code, known.places, known.agency_id, known.building_id, known.severity, known.state, known.holds,
           known.episode, known.measure, known.figures, known.rooms, known.norm_ids, known.certainty, known.gist, known.secret)
       IS DISTINCT FROM
       ROW(EXCLUDED.jurisdiction_code, EXCLUDED.places, EXCLUDED.agency_id, EXCLUDED.building_id, EXCLUDED.severity,
           EXCLUDED.state, EXCLUDED.holds, EXCLUDED.episode, EXCLUDED.measure, EXCLUDED.figures, EXCLUDED.rooms,
           EXCLUDED.norm_ids, EXCLUDED.certainty, EXCLUDED.gist, EXCLUDED.secret);
