-- Where a geometry lies, as the API says it: a point to fly to and a box to fit; EPSG:4490, degrees, longitude first.
CREATE OR REPLACE FUNCTION fangdi.lonlat(place geometry) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN place IS NOT NULL AND NOT ST_IsEmpty(place) THEN
        CASE WHEN GeometryType(place) = 'POINT' THEN ARRAY[ST_X(place), ST_Y(place)]
             ELSE ARRAY[ST_X(ST_PointOnSurface(place)), ST_Y(ST_PointOnSurface(place))] END
    END
$$;

CREATE OR REPLACE FUNCTION fangdi.bbox(place geometry) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN place IS NOT NULL AND NOT ST_IsEmpty(place) THEN
        ARRAY[ST_XMin(place), ST_YMin(place), ST_XMax(place), ST_YMax(place)]
    END
$$;
