-- Which posts had leaders in an agency, those held now first?
-- psql: \set agency_id 1
SELECT leader_post.id, leader_post.person_key, leader_post.rank_code, staff_rank.name AS rank, staff_rank.name_en AS rank_en,
       leader_post.ended_by, leader_post.document_no, leader_post.end_document_no, lower(leader_post.valid) AS since,
       upper(leader_post.valid) AS until, leader_post.entered_by, leader_post.entered_at >= current_date AS withdrawable,
       EXISTS (SELECT FROM fangdi.occupant WHERE occupant.person_key = leader_post.person_key) AS has_rooms
  FROM fangdi.leader_post
  LEFT JOIN fangdi.staff_rank ON staff_rank.code = leader_post.rank_code
 WHERE leader_post.agency_id = :agency_id
 ORDER BY upper(leader_post.valid) DESC NULLS FIRST, staff_rank.sort, leader_post.person_key;
