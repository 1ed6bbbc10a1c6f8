-- Takes away the findings of a draft that some said.
DELETE FROM fangdi.plan_finding WHERE plan_id = :plan_id AND said_by = ANY (CAST(:said_by AS text[]));
