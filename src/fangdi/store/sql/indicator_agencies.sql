-- Which agencies exist on a date, and how many authorised posts (编制, persons) has each?
-- psql: \set as_of '''2026-01-01'''
SELECT agency.id, agency.name, agency.jurisdiction_code, agency.level, COALESCE(authorised.posts, 0) AS posts
  FROM fangdi.agency
  LEFT JOIN (
       SELECT agency_id, CAST(sum(posts) AS integer) AS posts FROM fangdi.agency_posts
        WHERE valid @> CAST(:as_of AS date) GROUP BY agency_id
       ) AS authorised ON authorised.agency_id = agency.id
 WHERE agency.valid @> CAST(:as_of AS date)
 ORDER BY agency.id;
