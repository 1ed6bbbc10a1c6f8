-- Which jurisdictions are known, and their boundaries as EWKB?
SELECT code, level, parent_code, ST_AsBinary(boundary) AS boundary FROM fangdi.jurisdiction
