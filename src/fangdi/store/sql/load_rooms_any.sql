-- Has one of these buildings any room? And how many rooms are there about, in all?
SELECT EXISTS (SELECT FROM fangdi.room WHERE building_id = ANY (CAST(:buildings AS bigint[]))) AS any_here,
       (SELECT count(*) FROM (SELECT FROM fangdi.room LIMIT :enough) AS counted) AS rooms
