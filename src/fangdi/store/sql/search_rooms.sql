-- Which rooms have this number, or a number that begins so? Exact numbers first, and rooms that have ended last; of
-- rooms that have ended only those of exactly this number.
-- psql: \set as_of '''2026-01-01''' \set number '''301''' \set prefix '''301%''' \set page_size 20
SELECT 'room' AS kind, room.id, concat_ws(' ', building.name, room.number) AS label,
       concat_ws(' · ', floor.name, room.name) AS detail,
       fangdi.lonlat(COALESCE(room.outline, building.location)) AS location,
       fangdi.bbox(COALESCE(room.outline, building.location)) AS bbox,
       room.building_id, floor.level, found.rank,
       CASE WHEN LEAST(upper(room.valid), upper(building.valid)) <= CAST(:as_of AS date)
            THEN LEAST(upper(room.valid), upper(building.valid)) END AS ended
  FROM fangdi.seen_numbered(CAST(:as_of AS date), :number, :prefix, CAST(:page_size AS integer)) AS found
  JOIN fangdi.room ON room.id = found.id
  JOIN fangdi.building ON building.id = room.building_id AND COALESCE(lower(building.valid) <= CAST(:as_of AS date), true)
  JOIN fangdi.floor ON floor.id = room.floor_id
 ORDER BY found.rank, lower(room.number) USING ~<~, room.id;
