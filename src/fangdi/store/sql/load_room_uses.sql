-- The uses of rooms with their names in Chinese and English.
SELECT code, name, name_en FROM fangdi.room_use
