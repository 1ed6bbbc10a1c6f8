// What the API says about accounts, roles, tokens and the audit trail.
import type { Bilingual } from './types'

export const CAPABILITIES = [
  'read_land', 'read_assets', 'export', 'plan', 'allocate', 'audit_areas', 'exchange', 'load',
  'supervise', 'explain', 'administer_norms', 'administer_accounts', 'read_trail', 'administer_system',
] as const
/** One thing that a role may allow (权限). */
export type Capability = (typeof CAPABILITIES)[number]

export interface Place { code: string; name: string }
export interface AgencyName { id: number; name: string }

export interface HeldRole {
  role: string
  label: Bilingual
  jurisdiction: Place | null
  agency: AgencyName | null
  /** Last day; null is without end. */
  until: string | null
}

export interface SessionAccount {
  id: number
  login: string
  name: string
  cleared: boolean
  demo: boolean
  password_expired: boolean
  roles: HeldRole[]
  capabilities: Capability[]
}

export interface DemoAccount { login: string; password: string; role: Bilingual }

export interface Session {
  signed_in: boolean
  account: SessionAccount | null
  csrf: string | null
  oidc: { label: string } | null
  demo: DemoAccount[] | null
}

export interface Token {
  id: number
  name: string
  /** First characters, to tell tokens apart. */
  key_start: string
  capabilities: Capability[]
  created_at: string
  expires_at: string
  used_at: string | null
}
export interface NewToken extends Token { key: string }

export interface Grant extends HeldRole {
  id: number
  since: string | null
  state: 'current' | 'future' | 'ended'
  reason: string | null
  granted_by: string | null
}

export interface Account {
  id: number
  login: string
  name: string
  jurisdiction: Place | null
  cleared: boolean
  demo: boolean
  disabled: boolean
  password_expired: boolean
  /** Where it signs in; null: here. */
  issuer: string | null
  /** Browsers in which it is signed in. */
  sessions: number
  grants: Grant[]
}

export type Reach = 'jurisdiction' | 'agency' | 'system'
export interface RoleInfo {
  role: string
  label: Bilingual
  reach: Reach
  capabilities: { capability: Capability; label: Bilingual }[]
}

/** Values of what changed, by the name of the column. */
export type Values = Record<string, unknown>

export interface TrailEntry {
  id: number
  happened_at: string
  actor: string
  account_id: number | null
  address: string | null
  via: string
  action: string
  object_kind: string
  object_id: number | null
  object_name: string | null
  before: Values | null
  after: Values | null
  /** What the objects are called whose ids stand in the values, by kind:id. */
  names: Readonly<Record<string, string>>
  reason: string | null
  batch_id: number | null
}

export interface ChainCheck { intact: boolean; entries: number; first_broken: number | null }
