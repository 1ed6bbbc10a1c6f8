-- Which parcels (宗地) exist on a date? One page in the order of ids.
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null \set after 0 \set page_size 100
SELECT id, code, parcel_code, address, holder, land_use_scheme, land_use_code, jurisdiction_code, classified,
       fangdi.lonlat(outline) AS location, fangdi.bbox(outline) AS bbox
  FROM fangdi.parcel
 WHERE parcel.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR parcel.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
   AND parcel.id > CAST(:after AS bigint)
 ORDER BY parcel.id
 LIMIT CAST(:page_size AS integer);
