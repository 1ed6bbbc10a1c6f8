-- Which jurisdictions do these agencies belong to?
SELECT id, jurisdiction_code FROM fangdi.agency WHERE id = ANY (CAST(:agencies AS bigint[]))
