-- What does the approved area (核定面积) of each agency follow from on a date: level, jurisdictions from the uppermost down, posts
-- by rank and staff present in persons, and the approval by hand in m² usable, if one holds?
-- `sees_posts`: whether the reader sees posts, staff and approval; an agency of elsewhere that uses rooms here is seen without them.
-- `use_hidden`: whether the agency uses rooms that the reader does not see, in jurisdictions of elsewhere.
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null \set agency_id null
WITH RECURSIVE reached AS (
    SELECT code, ARRAY[code] AS path FROM fangdi.jurisdiction WHERE parent_code IS NULL
     UNION ALL
    SELECT below.code, reached.path || below.code
      FROM reached JOIN fangdi.jurisdiction AS below ON below.parent_code = reached.code
)
SELECT agency.id, agency.name, agency.name_en, agency.level, agency.jurisdiction_code, reached.path, staff.present,
       COALESCE(authorised.by_rank, '[]') AS by_rank,
       COALESCE(sight.everywhere OR agency.jurisdiction_code = ANY (sight.places) OR agency.id = ANY (sight.mine), false) AS sees_posts,
       agency.id = ANY (ARRAY(SELECT fangdi.used_out_of_sight(CAST(:as_of AS date)))) AS use_hidden,
       approval.id AS approval_id, approval.approved_office_m2, approval.approved_service_m2, approval.approved_equipment_m2,
       approval.approved_total_m2, approval.document_no, approval.issued_on, approval.issued_by, approval.remark,
       lower(approval.valid) AS valid_from, upper(approval.valid) AS valid_until, approval.entered_by, approval.entered_at,
       approval.entered_at >= current_date
       AND NOT EXISTS (SELECT FROM fangdi.area_approval AS later WHERE later.replaces_id = approval.id) AS withdrawable
  FROM fangdi.agency
 CROSS JOIN fangdi.sight() AS sight
  JOIN reached ON reached.code = agency.jurisdiction_code
  LEFT JOIN (
       SELECT agency_posts.agency_id,
              jsonb_agg(jsonb_build_object('rank', staff_rank.code, 'zh', staff_rank.name, 'en', staff_rank.name_en,
                                           'posts', agency_posts.posts) ORDER BY staff_rank.sort, staff_rank.code) AS by_rank
         FROM fangdi.agency_posts
         JOIN fangdi.staff_rank ON staff_rank.code = agency_posts.rank_code
        WHERE agency_posts.valid @> CAST(:as_of AS date)
        GROUP BY agency_posts.agency_id
       ) AS authorised ON authorised.agency_id = agency.id
  LEFT JOIN fangdi.agency_staff AS staff ON staff.agency_id = agency.id AND staff.valid @> CAST(:as_of AS date)
  LEFT JOIN fangdi.area_approval AS approval ON approval.agency_id = agency.id AND approval.valid @> CAST(:as_of AS date)
 WHERE (CAST(:agency_id AS bigint) IS NULL OR agency.id = :agency_id)
   AND (CAST(:agency_id AS bigint) IS NOT NULL OR agency.valid @> CAST(:as_of AS date))
   AND (CAST(:jurisdictions AS text[]) IS NULL OR agency.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY agency.id;
