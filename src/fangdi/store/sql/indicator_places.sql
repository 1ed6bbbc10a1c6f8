-- Which jurisdictions (行政区) are there, and below which?
SELECT code, parent_code, name, name_en, level FROM fangdi.jurisdiction ORDER BY code;
