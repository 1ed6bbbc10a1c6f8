-- Which rooms have these buildings?
SELECT id, building_id, code, number FROM fangdi.room WHERE building_id = ANY (CAST(:buildings AS bigint[]))
