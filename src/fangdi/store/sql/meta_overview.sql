-- What does this database hold as a whole: where, on which floor levels, in which versions, since when, invented or not?
-- EPSG:4490, degrees.
SELECT (SELECT fangdi.bbox(ST_SetSRID(ST_Extent(shape), 4490))
          FROM (SELECT location AS shape FROM fangdi.building
                UNION ALL SELECT outline FROM fangdi.zone
                UNION ALL SELECT outline FROM fangdi.site) AS drawn) AS bbox,
       (SELECT COALESCE(array_agg(DISTINCT CAST(level AS double precision) ORDER BY CAST(level AS double precision)), '{}')
          FROM fangdi.floor) AS levels,
       (SELECT COALESCE(jsonb_object_agg(layer, version), '{}') FROM fangdi.layer_version) AS versions,
       fangdi.recorded_from() AS recorded_from,
       (SELECT value FROM fangdi.deployment WHERE key = 'sample') AS sample,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object('code', code, 'name', name, 'name_en', name_en, 'level', level,
                                                     'parent_code', parent_code) ORDER BY code), '[]')
          FROM fangdi.jurisdiction WHERE upper_inf(valid)) AS jurisdictions;
