-- Which rooms does a term of building and number mean, as 行政中心1号楼 301 or 行政中心1号楼301?
-- psql: \set as_of '''2026-01-01''' \set term '''行政中心1号楼301''' \set building_term '''行政中心1号楼'''
--       \set number '''301''' \set page_size 20
-- What has ended by the date comes after what exists, with the first day without it.
-- With a blank the last word is the number; without one, whatever follows the name of a building is.
-- Of the buildings meant, 50 are looked through; the best answers come first.
WITH meant AS MATERIALIZED (
    SELECT id, building.name, found.number, rank, ended
      FROM fangdi.seen_meant(CAST(:as_of AS date), :term, CAST(:building_term AS text), CAST(:number AS text), 50) AS found
      JOIN fangdi.building USING (id)
),
found AS (
    SELECT room.*, meant.name AS building_name, GREATEST(meant.rank, fangdi.text_match(room.number, meant.number)) AS rank,
           LEAST(meant.ended, room.room_ended) AS ended
      FROM meant
     CROSS JOIN LATERAL (
           SELECT id, number, name, floor_id, building_id, outline,
                  CASE WHEN upper(valid) <= CAST(:as_of AS date) THEN upper(valid) END AS room_ended
             FROM fangdi.room
            WHERE room.building_id = meant.id
              AND starts_with(lower(room.number), meant.number)
              AND COALESCE(lower(room.valid) <= CAST(:as_of AS date), true)
            ORDER BY room_ended DESC NULLS FIRST, length(number), number, id
            LIMIT CAST(:page_size AS integer)
           ) AS room
)
SELECT 'room' AS kind, found.id, concat_ws(' ', found.building_name, found.number) AS label,
       concat_ws(' · ', floor.name, found.name) AS detail,
       fangdi.lonlat(COALESCE(found.outline, building.location)) AS location,
       fangdi.bbox(COALESCE(found.outline, building.location)) AS bbox,
       found.building_id, floor.level, found.rank, found.ended
  FROM found
  JOIN fangdi.building ON building.id = found.building_id
  JOIN fangdi.floor ON floor.id = found.floor_id
 ORDER BY found.ended DESC NULLS FIRST, found.rank, length(found.building_name), found.number, found.id
 LIMIT CAST(:page_size AS integer);
