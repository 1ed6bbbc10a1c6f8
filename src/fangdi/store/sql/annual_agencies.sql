-- What does the yearly report say of agencies on a date: kind, level, authorised posts (编制, persons) by rank?
-- `sees_posts`: whether the reader sees them at all; an agency of elsewhere that uses rooms here is seen without them.
-- psql: \set as_of '''2026-01-01'''
SELECT agency.id, agency.name, agency.kind, agency.level,
       COALESCE((SELECT jsonb_object_agg(rank_code, posts) FROM fangdi.agency_posts
                  WHERE agency_posts.agency_id = agency.id AND agency_posts.valid @> CAST(:as_of AS date)), '{}') AS posts,
       COALESCE(sight.everywhere OR agency.jurisdiction_code = ANY (sight.places) OR agency.id = ANY (sight.mine), false) AS sees_posts
  FROM fangdi.agency
 CROSS JOIN fangdi.sight() AS sight;
