-- Since when is it on record what agencies use?
SELECT fangdi.recorded_from() AS since;
