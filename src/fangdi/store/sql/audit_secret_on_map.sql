-- Is anything classified on the map that the reader may see, in the layers of parcels, sites, buildings or rooms?
-- psql: \set layer '''rooms'''
SELECT CASE :layer
           WHEN 'rooms' THEN EXISTS (SELECT FROM fangdi.room WHERE secret)
           WHEN 'buildings' THEN EXISTS (SELECT FROM fangdi.building WHERE secret)
           WHEN 'sites' THEN EXISTS (SELECT FROM fangdi.site WHERE secret)
           WHEN 'parcels' THEN EXISTS (SELECT FROM fangdi.parcel WHERE secret)
           ELSE false
       END AS any_secret
