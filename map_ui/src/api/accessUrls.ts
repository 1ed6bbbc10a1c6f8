// Addresses of signing in, accounts, tokens and the audit trail.
import { withQuery, type Query } from './urls'

const API = '/api/v1'

export const sessionUrl = `${API}/session`
export const passwordUrl = `${API}/session/password`
export const oidcUrl = `${API}/session/oidc`
export const rolesUrl = `${API}/roles`
export const tokensUrl = `${API}/tokens`
export const tokenUrl = (id: number): string => `${tokensUrl}/${id}`

export const accountsUrl = (query: Query = {}): string => withQuery(`${API}/accounts`, query)
export const accountUrl = (id: number): string => `${API}/accounts/${id}`
export const accountPartUrl = (id: number, part: 'password' | 'sessions' | 'grants' | 'tokens'): string => `${accountUrl(id)}/${part}`
export const grantUrl = (id: number, grant: number): string => `${accountPartUrl(id, 'grants')}/${grant}`
export const accountTokenUrl = (id: number, token: number): string => `${accountPartUrl(id, 'tokens')}/${token}`

export const trailUrl = (query: Query): string => withQuery(`${API}/audit`, query)
export const trailCheckUrl = `${API}/audit/check`
export const historyUrl = (query: Query): string => withQuery(`${API}/history`, query)
