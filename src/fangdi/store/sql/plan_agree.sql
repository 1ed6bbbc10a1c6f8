-- Notes who agrees to how a draft lies, and when, if it is still as it was at a revision.
UPDATE fangdi.plan
   SET revision = revision + 1,
       placement = placement || jsonb_build_object('agreed', jsonb_build_object('by', fangdi.acting_login(), 'at', now()))
 WHERE id = :id AND revision = :revision AND placement IS NOT NULL;
