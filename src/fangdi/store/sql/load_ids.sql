-- Which number has each parcel or building of these jurisdictions?
SELECT id, jurisdiction_code, code FROM fangdi.building WHERE :of = 'building' AND jurisdiction_code = ANY (CAST(:jurisdictions AS text[]))
UNION ALL
SELECT id, jurisdiction_code, code FROM fangdi.parcel WHERE :of = 'parcel' AND jurisdiction_code = ANY (CAST(:jurisdictions AS text[]))
UNION ALL
SELECT id, jurisdiction_code, code FROM fangdi.site WHERE :of = 'site' AND jurisdiction_code = ANY (CAST(:jurisdictions AS text[]))
