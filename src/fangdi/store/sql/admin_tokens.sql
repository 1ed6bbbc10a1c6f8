-- Which tokens (令牌) does an account have that were not revoked?
-- psql: \set account 1
SELECT id, name, key_start, capabilities, created_at, expires_at, used_at
  FROM fangdi.api_token
 WHERE account_id = CAST(:account AS bigint) AND revoked_at IS NULL
 ORDER BY id;
