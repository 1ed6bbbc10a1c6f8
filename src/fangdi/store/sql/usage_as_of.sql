-- How much is in what state of use on a date, by jurisdiction, agency, use of rooms and state? Areas in m² of one basis.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
SELECT jurisdiction_code, agency_id, use_code, kind, rooms, with_area, area_mm2 / 1e6 AS area_m2
  FROM fangdi.seen_usage(CAST(:as_of AS date), CAST(:basis AS text))
 ORDER BY jurisdiction_code, agency_id, use_code, kind;
