-- Changes a draft, if it is still as it was at a revision. Null leaves as it is.
UPDATE fangdi.plan
   SET revision = revision + 1,
       reading = COALESCE(CAST(:reading AS jsonb), reading),
       unit_name = COALESCE(CAST(:unit_name AS text), unit_name),
       unit_metres = COALESCE(CAST(:unit_metres AS double precision), unit_metres),
       unit_said_by = COALESCE(CAST(:unit_said_by AS text), unit_said_by),
       unit_confirmed = COALESCE(CAST(:unit_confirmed AS boolean), unit_confirmed),
       layers = COALESCE(CAST(:layers AS jsonb), layers),
       edits = COALESCE(CAST(:edits AS jsonb), edits),
       repairs = COALESCE(CAST(:repairs AS jsonb), repairs),
       georeference = COALESCE(CAST(:georeference AS jsonb), georeference),
       placement = CASE WHEN :unplaced THEN NULL ELSE COALESCE(CAST(:placement AS jsonb), placement) END
 WHERE id = :id AND revision = :revision;
