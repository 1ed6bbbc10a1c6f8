-- What are the objects called that entries of the trail name by their ids? Read under the policies: what is hidden from
-- the reader, or gone, has no name here. Of a jurisdiction the id is its code.
-- psql: \set kinds '''{agency,room}''' \set ids '''{1,2}'''
WITH asked AS (
    SELECT kind, id FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS bigint[])) AS wanted (kind, id)
)
SELECT asked.kind, asked.id, found.name
  FROM asked
 CROSS JOIN LATERAL (
       SELECT name FROM fangdi.agency WHERE asked.kind = 'agency' AND agency.id = asked.id
        UNION ALL
       SELECT name FROM fangdi.site WHERE asked.kind = 'site' AND site.id = asked.id
        UNION ALL
       SELECT code FROM fangdi.parcel WHERE asked.kind = 'parcel' AND parcel.id = asked.id
        UNION ALL
       SELECT name FROM fangdi.building WHERE asked.kind = 'building' AND building.id = asked.id
        UNION ALL
       SELECT concat_ws(' ', building.name, floor.name)
         FROM fangdi.floor JOIN fangdi.building ON building.id = floor.building_id
        WHERE asked.kind = 'floor' AND floor.id = asked.id
        UNION ALL
       SELECT concat_ws(' ', building.name, COALESCE(room.number, room.code))
         FROM fangdi.room JOIN fangdi.building ON building.id = room.building_id
        WHERE asked.kind = 'room' AND room.id = asked.id
        UNION ALL
       SELECT title FROM fangdi.document WHERE asked.kind = 'document' AND document.id = asked.id
        UNION ALL
       SELECT file_name FROM fangdi.plan WHERE asked.kind = 'plan' AND plan.id = asked.id
        UNION ALL
       SELECT login FROM fangdi.account WHERE asked.kind = 'account' AND account.id = asked.id
        UNION ALL
       SELECT name FROM fangdi.jurisdiction
        WHERE asked.kind = 'jurisdiction' AND jurisdiction.code = CAST(asked.id AS text)
       ) AS found;
