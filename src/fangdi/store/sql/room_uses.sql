-- Which uses of rooms are there, what are they called, in which category, and can such rooms be idle?
SELECT code, category, assignable, name, name_en FROM fangdi.room_use ORDER BY code;
