-- Take back an approval by hand that was entered today; a trigger refuses others. What it ended holds on as long as it would have,
-- or until the next one begins.
-- psql: \set id 1
DELETE FROM fangdi.area_approval WHERE id = :id
RETURNING replaces_id, lower(valid) AS since,
          LEAST(replaces_until, (SELECT min(lower(later.valid)) FROM fangdi.area_approval AS later
                                  WHERE later.agency_id = area_approval.agency_id
                                    AND lower(later.valid) > lower(area_approval.valid))) AS until;
