-- Which room id has about as many rooms below as above it?
SELECT COALESCE((min(id) + max(id)) / 2, 0) AS middle_room FROM fangdi.room;
