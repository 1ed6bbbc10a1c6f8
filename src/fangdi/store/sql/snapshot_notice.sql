-- Does this database say that its data are invented?
SELECT value FROM fangdi.deployment WHERE key = 'sample';
