-- How does a finding stand now, and what does it rest on?
-- psql: \set id 1
SELECT id, rule, state, holds, episode, gist, measure, rooms, norm_ids, jurisdiction_code, last_event_id, agency_id
  FROM fangdi.finding WHERE id = :id;
