-- Which rooms does a term of building and number mean, as 行政中心1号楼 301 or 行政中心1号楼301?
-- psql: \set as_of '''2026-01-01''' \set term '''行政中心1号楼301''' \set building_term '''行政中心1号楼'''
--       \set number '''301''' \set page_size 20
-- With a blank the last word is the number; without one, whatever follows the name of a building is.
WITH meant AS (
    SELECT id, name, CAST(:number AS text) AS number, fangdi.text_match(name, :building_term) AS rank
      FROM fangdi.building
     WHERE CAST(:building_term AS text) <> '' AND fangdi.text_match(name, :building_term) IS NOT NULL
       AND valid @> CAST(:as_of AS date)
    UNION ALL
    SELECT id, name, ltrim(substr(:term, length(name) + 1)), 0
      FROM fangdi.building
     WHERE CAST(:building_term AS text) = '' AND length(name) < length(:term) AND starts_with(:term, lower(name))
       AND valid @> CAST(:as_of AS date)
)
SELECT 'room' AS kind, room.id, concat_ws(' ', meant.name, room.number) AS label,
       concat_ws(' · ', floor.name, room.name) AS detail,
       fangdi.lonlat(COALESCE(room.outline, building.location)) AS location,
       fangdi.bbox(COALESCE(room.outline, building.location)) AS bbox,
       room.building_id, floor.level, GREATEST(meant.rank, fangdi.text_match(room.number, meant.number)) AS rank
  FROM meant
  JOIN fangdi.room ON room.building_id = meant.id
  JOIN fangdi.building ON building.id = room.building_id
  JOIN fangdi.floor ON floor.id = room.floor_id
 WHERE starts_with(lower(room.number), meant.number)
   AND room.valid @> CAST(:as_of AS date)
 ORDER BY rank, length(meant.name), room.number, room.id
 LIMIT CAST(:page_size AS integer);
