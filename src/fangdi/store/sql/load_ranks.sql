-- The ranks with their names in Chinese and English.
SELECT code, level, name, name_en FROM fangdi.staff_rank
