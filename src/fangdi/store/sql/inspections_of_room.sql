-- What is on record about a room: approved functions, offices it belongs to, what belongs to it, outside users; over time? What was
-- entered today may be withdrawn.
-- psql: \set id 1
SELECT (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                   'id', room_function.id, 'use', room_function.use_code, 'use_name', room_use.name, 'use_name_en', room_use.name_en,
                   'document_no', room_function.document_no, 'remark', room_function.remark, 'since', lower(room_function.valid),
                   'until', upper(room_function.valid), 'entered_by', room_function.entered_by, 'withdrawable', room_function.entered_at >= current_date)
                   ORDER BY lower(room_function.valid) DESC NULLS LAST), '[]')
          FROM fangdi.room_function JOIN fangdi.room_use ON room_use.code = room_function.use_code
         WHERE room_function.room_id = here.id) AS functions,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                   'id', room_annex.id, 'kind', room_annex.kind, 'room_id', room_annex.room_id, 'office_id', room_annex.office_id,
                   'room', annex.number, 'office', office.number, 'remark', room_annex.remark, 'since', lower(room_annex.valid),
                   'until', upper(room_annex.valid), 'entered_by', room_annex.entered_by, 'withdrawable', room_annex.entered_at >= current_date)
                   ORDER BY lower(room_annex.valid) DESC NULLS LAST, room_annex.id), '[]')
          FROM fangdi.room_annex
          JOIN fangdi.room AS annex ON annex.id = room_annex.room_id
          JOIN fangdi.room AS office ON office.id = room_annex.office_id
         WHERE here.id IN (room_annex.room_id, room_annex.office_id)) AS annexes,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                   'id', outside_use.id, 'kind', outside_use.kind, 'outsider', outside_use.outsider,
                   'document_no', outside_use.document_no, 'annual_income_yuan', outside_use.annual_income_yuan,
                   'remark', outside_use.remark, 'since', lower(outside_use.valid), 'until', upper(outside_use.valid),
                   'entered_by', outside_use.entered_by, 'withdrawable', outside_use.entered_at >= current_date) ORDER BY lower(outside_use.valid) DESC NULLS LAST), '[]')
          FROM fangdi.outside_use WHERE outside_use.room_id = here.id) AS outside_uses
  FROM fangdi.room AS here
 WHERE here.id = :id;
