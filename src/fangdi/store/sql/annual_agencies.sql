-- What does the yearly report say of agencies on a date: kind, level, authorised posts (编制, persons) by rank?
-- psql: \set as_of '''2026-01-01'''
SELECT agency.id, agency.name, agency.kind, agency.level,
       COALESCE((SELECT jsonb_object_agg(rank_code, posts) FROM fangdi.agency_posts
                  WHERE agency_posts.agency_id = agency.id AND agency_posts.valid @> CAST(:as_of AS date)), '{}') AS posts
  FROM fangdi.agency;
