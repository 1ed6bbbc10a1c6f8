-- Which ranks (职级) are there, by level and the highest first?
SELECT code, level, name, name_en, leader FROM fangdi.staff_rank ORDER BY level, sort, code;
