-- Which parcels have one of these codes, or parcel codes?
SELECT id, code, parcel_code, jurisdiction_code
  FROM fangdi.parcel
 WHERE code = ANY (CAST(:codes AS text[])) OR parcel_code = ANY (CAST(:codes AS text[]))
