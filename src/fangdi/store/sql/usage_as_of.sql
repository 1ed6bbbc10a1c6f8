-- How much is in what state of use on a date, by jurisdiction, agency, use of rooms and state? Areas in m² of one basis.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
SELECT jurisdiction_code, agency_id, use_code, kind, rooms,
       CASE CAST(:basis AS text) WHEN 'registered' THEN with_registered WHEN 'planning' THEN with_planning
                                 WHEN 'declared' THEN with_declared WHEN 'measured' THEN with_measured END AS with_area,
       CASE CAST(:basis AS text) WHEN 'registered' THEN registered_mm2 WHEN 'planning' THEN planning_mm2
                                 WHEN 'declared' THEN declared_mm2 WHEN 'measured' THEN measured_mm2 END / 1e6 AS area_m2
  FROM fangdi.seen_usage(CAST(:as_of AS date))
 ORDER BY jurisdiction_code, agency_id, use_code, kind;
