-- Which uses of rooms are there, in which category, and can such rooms be idle?
SELECT code, category, assignable FROM fangdi.room_use ORDER BY code;
