-- Which box holds all parcels (EPSG:4490, degrees)? Asked only when there is no building to show.
SELECT fangdi.bbox(ST_SetSRID(ST_Extent(outline), 4490)) AS bbox FROM fangdi.parcel;
