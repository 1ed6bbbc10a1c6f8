-- Which accounts (账号) does the reader look after, with all that was ever granted to them? One page in the order of logins.
-- psql: \set id null \set term '''''' \set after '''''' \set page_size 100
SELECT account.id, account.login, account.name, account.cleared, account.demo, account.password_expired, account.issuer,
       account.created_at, account.disabled_at IS NOT NULL AS disabled,
       CASE WHEN jurisdiction.code IS NOT NULL
            THEN jsonb_build_object('code', jurisdiction.code, 'name', jurisdiction.name) END AS jurisdiction,
       (SELECT count(*) FROM fangdi.web_session
         WHERE web_session.account_id = account.id AND web_session.expires_at > now()) AS sessions,
       COALESCE((
           SELECT jsonb_agg(jsonb_build_object(
                      'id', role_grant.id, 'role', role_grant.role, 'since', lower(role_grant.valid),
                      'until', upper(role_grant.valid) - 1,
                      'state', CASE WHEN role_grant.valid @> current_date THEN 'current'
                                    WHEN lower(role_grant.valid) > current_date THEN 'future' ELSE 'ended' END,
                      'reason', role_grant.reason, 'granted_at', role_grant.granted_at, 'granted_by', giver.name,
                      'jurisdiction', CASE WHEN place.code IS NOT NULL
                                           THEN jsonb_build_object('code', place.code, 'name', place.name) END,
                      'agency', CASE WHEN role_grant.agency_id IS NOT NULL
                                     THEN jsonb_build_object('id', role_grant.agency_id,
                                                             'name', fangdi.agency_granted(role_grant.id)) END)
                  ORDER BY role_grant.id)
             FROM fangdi.role_grant
             LEFT JOIN fangdi.jurisdiction AS place ON place.code = role_grant.jurisdiction_code
             LEFT JOIN fangdi.account AS giver ON giver.id = role_grant.granted_by
            WHERE role_grant.account_id = account.id), '[]') AS grants
  FROM fangdi.account
  LEFT JOIN fangdi.jurisdiction ON jurisdiction.code = account.jurisdiction_code
 WHERE (CAST(:id AS bigint) IS NULL OR account.id = CAST(:id AS bigint))
   AND (strpos(account.login, lower(CAST(:term AS text))) > 0
        OR strpos(lower(account.name), lower(CAST(:term AS text))) > 0)
   AND account.login COLLATE "C" > CAST(:after AS text)
 ORDER BY account.login COLLATE "C"
 LIMIT CAST(:page_size AS integer);
