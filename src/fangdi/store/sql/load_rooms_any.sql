-- Has one of these buildings any room?
SELECT EXISTS (SELECT FROM fangdi.room WHERE building_id = ANY (CAST(:buildings AS bigint[]))) AS any_here
