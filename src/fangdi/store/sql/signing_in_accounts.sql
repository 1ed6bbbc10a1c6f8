-- Which accounts are there, and what does each have today?
SELECT account.login, account.name, account.cleared, account.demo, account.disabled_at, account.issuer,
       COALESCE((SELECT array_agg(concat_ws(' ', role_grant.role, role_grant.jurisdiction_code, agency.code)
                                  ORDER BY role_grant.id)
                   FROM fangdi.role_grant
                   LEFT JOIN fangdi.agency ON agency.id = role_grant.agency_id
                  WHERE role_grant.account_id = account.id AND role_grant.valid @> current_date), '{}') AS roles
  FROM fangdi.account
 ORDER BY account.login
