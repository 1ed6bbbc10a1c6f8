-- Who sees and lays down rates of the cost of use and rules of what is idle; after visibility.sql, which takes all rights
-- first. They are read by everybody who is signed in, a building's own by whoever sees the building, and laid down by
-- whoever administers norms there; those for all jurisdictions by whoever does so everywhere.
DO $$
DECLARE
    signed_in CONSTANT text := '(SELECT fangdi.is_signed_in())';
    here CONSTANT text := '((SELECT fangdi.everywhere(%1$L)) OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(%1$L)))';
    of_seen CONSTANT text := '(building_id IS NULL OR EXISTS (SELECT FROM fangdi.building WHERE building.id = building_id))';
BEGIN
    CALL fangdi.set_policy('cost_rate', format('%s AND %s', signed_in, of_seen));
    CALL fangdi.set_writing('cost_rate', format('%s AND %s', format(here, 'administer_norms'), of_seen));
    CALL fangdi.set_policy('idle_rule', signed_in);
    CALL fangdi.set_writing('idle_rule', format(here, 'administer_norms'));
END $$;
GRANT INSERT (jurisdiction_code, building_id, structure, has_lift, kind, figure, source, verification, valid, reason),
      UPDATE (valid), DELETE ON fangdi.cost_rate TO fangdi_app;
GRANT INSERT (jurisdiction_code, min_days, use_codes, statuses, period_months, m2_per_head, seat_share, source, verification,
              valid, reason), UPDATE (valid), DELETE ON fangdi.idle_rule TO fangdi_app;
