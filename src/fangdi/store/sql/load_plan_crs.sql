-- Notes the plan frame of buildings that had none.
UPDATE fangdi.building
   SET plan_crs = given.plan_crs
  FROM unnest(CAST(:buildings AS bigint[]), CAST(:frames AS text[])) AS given (id, plan_crs)
 WHERE building.id = given.id AND building.plan_crs IS NULL
