// Addresses of floor plans and area audits.
import { withQuery, type Query } from './urls'

const API = '/api/v1'

export const plansUrl = (query: Query = {}): string => withQuery(`${API}/plans`, query)
export const planUrl = (id: number): string => `${API}/plans/${id}`
export type PlanPart = 'preview' | 'reading' | 'gross' | 'backdrop' | 'findings' | 'repairs' | 'placement' | 'changes' | 'import'
export const planPartUrl = (id: number, part: PlanPart): string => `${planUrl(id)}/${part}`
export const agreementUrl = (id: number): string => `${planPartUrl(id, 'placement')}/agreement`
export const drawingUrl = (id: number, floor: string): string => `${planUrl(id)}/floors/${encodeURIComponent(floor)}/drawing`
export const floorMapUrl = (id: number, floor: string): string => `${planUrl(id)}/floors/${encodeURIComponent(floor)}/map`
export const planRoomUrl = (id: number, room: string): string => `${planUrl(id)}/rooms/${encodeURIComponent(room)}`
export const mappingsUrl = `${API}/plan-mappings`
export const mappingUrl = (id: number): string => `${mappingsUrl}/${id}`

export const planAuditsUrl = (plan: number): string => `${planUrl(plan)}/audits`
export const auditsUrl = (query: Query): string => withQuery(`${API}/audits`, query)
export const auditUrl = (id: number): string => `${API}/audits/${id}`
export const auditAcceptUrl = (id: number): string => `${auditUrl(id)}/accept`
export const auditLineUrl = (id: number, line: number): string => `${auditUrl(id)}/lines/${line}`
export type AuditFormat = 'xlsx' | 'pdf' | 'gpkg'
export const auditExportUrl = (id: number, format: AuditFormat): string => withQuery(`${auditUrl(id)}/export`, { format })
