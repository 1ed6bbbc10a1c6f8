-- How many authorised posts (编制, persons) and staff present (实有人数, persons) has each agency on a date?
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null \set agency_id null
-- Agencies that no longer exist or belong elsewhere are there too, not `in_scope`: they may still hold rooms.
SELECT agency.id, agency.name, agency.level, staff.present, COALESCE(authorised.posts, 0) AS posts,
       agency.valid @> CAST(:as_of AS date)
       AND (CAST(:jurisdictions AS text[]) IS NULL
            OR agency.jurisdiction_code = ANY (CAST(:jurisdictions AS text[]))) AS in_scope
  FROM fangdi.agency
  LEFT JOIN (
       SELECT agency_id, sum(posts) AS posts FROM fangdi.agency_posts
        WHERE valid @> CAST(:as_of AS date) GROUP BY agency_id
       ) AS authorised ON authorised.agency_id = agency.id
  LEFT JOIN fangdi.agency_staff AS staff ON staff.agency_id = agency.id AND staff.valid @> CAST(:as_of AS date)
 WHERE (CAST(:agency_id AS bigint) IS NULL OR agency.id = :agency_id)
 ORDER BY agency.id;
