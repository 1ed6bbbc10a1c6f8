-- Which agencies, buildings, sites and parcels answer a search term (lower case)? Best matches first, some of each kind;
-- after what exists on the date, what has ended by then, and the first day without it.
-- psql: \set as_of '''2026-01-01''' \set term '''档案''' \set prefix '''档案%''' \set page_size 20
(SELECT 'agency' AS kind, agency.id, agency.name AS label, COALESCE(jurisdiction.name, '') AS detail,
        NULL::double precision[] AS location, NULL::double precision[] AS bbox,
        LEAST(fangdi.text_match(agency.name, :term), fangdi.text_match(agency.short_name, :term),
              fangdi.text_match(agency.name_en, :term), fangdi.text_match(agency.code, :term),
              fangdi.text_match(agency.uscc, :term)) AS rank,
        CASE WHEN upper(agency.valid) <= CAST(:as_of AS date) THEN upper(agency.valid) END AS ended
   FROM fangdi.agency
   JOIN fangdi.jurisdiction ON jurisdiction.code = agency.jurisdiction_code
  WHERE COALESCE(lower(agency.valid) <= CAST(:as_of AS date), true)
    AND LEAST(fangdi.text_match(agency.name, :term), fangdi.text_match(agency.short_name, :term),
              fangdi.text_match(agency.name_en, :term), fangdi.text_match(agency.code, :term),
              fangdi.text_match(agency.uscc, :term)) IS NOT NULL
  ORDER BY ended DESC NULLS FIRST, rank, length(agency.name), agency.id
  LIMIT CAST(:page_size AS integer))
UNION ALL
(SELECT 'building', building.id, building.name, COALESCE(building.address, site.name, building.code),
        fangdi.lonlat(building.location), fangdi.bbox(COALESCE(building.outline, building.location)),
        LEAST(fangdi.text_match(building.name, :term), fangdi.text_match(building.name_en, :term),
              fangdi.text_match(building.code, :term), fangdi.text_match(building.address, :term)) AS rank,
        CASE WHEN upper(building.valid) <= CAST(:as_of AS date) THEN upper(building.valid) END AS ended
   FROM fangdi.building
   LEFT JOIN fangdi.site ON site.id = building.site_id
  WHERE COALESCE(lower(building.valid) <= CAST(:as_of AS date), true)
    AND LEAST(fangdi.text_match(building.name, :term), fangdi.text_match(building.name_en, :term),
              fangdi.text_match(building.code, :term), fangdi.text_match(building.address, :term)) IS NOT NULL
  ORDER BY ended DESC NULLS FIRST, rank, length(building.name), building.id
  LIMIT CAST(:page_size AS integer))
UNION ALL
(SELECT 'site', site.id, site.name, COALESCE(site.address, site.code),
        fangdi.lonlat(COALESCE(site.outline, ST_Centroid(inside.extent))),
        fangdi.bbox(COALESCE(site.outline, inside.extent)),
        LEAST(fangdi.text_match(site.name, :term), fangdi.text_match(site.name_en, :term),
              fangdi.text_match(site.code, :term), fangdi.text_match(site.address, :term)) AS rank,
        CASE WHEN upper(site.valid) <= CAST(:as_of AS date) THEN upper(site.valid) END AS ended
   FROM fangdi.site
  CROSS JOIN LATERAL (
        SELECT ST_SetSRID(geometry(ST_Extent(COALESCE(outline, location))), 4490) AS extent
          FROM fangdi.building WHERE site_id = site.id
        ) AS inside
  WHERE COALESCE(lower(site.valid) <= CAST(:as_of AS date), true)
    AND LEAST(fangdi.text_match(site.name, :term), fangdi.text_match(site.name_en, :term),
              fangdi.text_match(site.code, :term), fangdi.text_match(site.address, :term)) IS NOT NULL
  ORDER BY ended DESC NULLS FIRST, rank, length(site.name), site.id
  LIMIT CAST(:page_size AS integer))
UNION ALL
(SELECT 'parcel', parcel.id, COALESCE(parcel.parcel_code, parcel.code), COALESCE(parcel.address, parcel.holder, ''),
        fangdi.lonlat(parcel.outline), fangdi.bbox(parcel.outline), found.rank, found.ended
   FROM fangdi.seen_coded(CAST(:as_of AS date), :term, :prefix, CAST(:page_size AS integer)) AS found
   JOIN fangdi.parcel ON parcel.id = found.id
  ORDER BY found.ended DESC NULLS FIRST, found.rank, parcel.code, parcel.id);
