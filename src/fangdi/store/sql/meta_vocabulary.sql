-- Which uses of rooms and ranks of staff are there? The two reference lists that live in the database.
SELECT (SELECT jsonb_agg(jsonb_build_object('code', code, 'zh', name, 'en', name_en, 'category', category,
                                            'assignable', assignable) ORDER BY sort) FROM fangdi.room_use) AS room_uses,
       (SELECT jsonb_agg(jsonb_build_object('code', code, 'zh', name, 'en', name_en, 'level', level, 'leader', leader)
                         ORDER BY level, sort) FROM fangdi.staff_rank) AS ranks;
