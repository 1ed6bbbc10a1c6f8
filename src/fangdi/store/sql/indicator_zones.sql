-- What are the concentrated-office zones (集中办公区) called, whenever they were designated?
SELECT id, name, name_en FROM fangdi.zone WHERE kind = 'concentrated' ORDER BY id;
