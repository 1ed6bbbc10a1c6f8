-- Which of these is classified, and where and what is it? No row when it is not, or may not be seen.
-- psql: \set kind '''room''' \set id 1
SELECT name, jurisdiction_code FROM (
    SELECT 'room' AS kind, id, COALESCE(number, code) AS name, jurisdiction_code FROM fangdi.room WHERE secret AND id = :id
     UNION ALL
    SELECT 'building', id, name, jurisdiction_code FROM fangdi.building WHERE secret AND id = :id
     UNION ALL
    SELECT 'site', id, name, jurisdiction_code FROM fangdi.site WHERE secret AND id = :id
     UNION ALL
    SELECT 'parcel', id, code, jurisdiction_code FROM fangdi.parcel WHERE secret AND id = :id
     UNION ALL
    SELECT 'floor', floor.id, concat_ws(' ', building.name, floor.name), floor.jurisdiction_code
      FROM fangdi.floor JOIN fangdi.building ON building.id = floor.building_id
     WHERE building.secret AND floor.id = :id
) AS classified
 WHERE kind = :kind
