// What the API says about norms and approved areas, under the names the client uses, and where it is asked.
import type { components } from './schema'
import { withQuery, type ExportFormat, type Query } from './urls'

type Schemas = components['schemas']

export type Norm = Schemas['NormAnswer']
export type Norms = Schemas['NormsAnswer']
export type NormRef = Schemas['NormRef']
export type NormKind = Norm['kind']
export type NormKindWord = Schemas['NormKindWord']
export type Certainty = Norm['source']['verification']
export type NormComparison = Schemas['NormComparison']
export type NormDocument = Schemas['NormDocumentAnswer']
export type NormToEnter = Schemas['NormToEnter']
export type NormDocumentToFile = Schemas['NormDocumentToFile']
export type EntitlementsReport = Schemas['EntitlementsAnswer']
export type Entitlement = Schemas['EntitlementRow']
export type Compared = Schemas['ComparedAnswer']
export type Part = Compared['part']
export type Sheet = Schemas['EntitlementAnswer']
export type Line = Schemas['LineAnswer']
export type Approval = Schemas['ApprovalAnswer']
export type ApprovalToEnter = Schemas['ApprovalToEnter']

export const PARTS = ['office', 'service', 'equipment', 'basic'] as const satisfies Part[]

const API = '/api/v1'

export const normsUrl = (query: Query = {}): string => withQuery(`${API}/norms`, query)
export const normUrl = (id: number): string => `${API}/norms/${id}`
export const comparisonUrl = (earlier: string, later: string): string => withQuery(`${API}/norms/comparison`, { earlier, later })
export const normDocumentsUrl = `${API}/norm-documents`
export const sheetUrl = (agency: number, query: Query, format?: ExportFormat): string =>
  withQuery(`${API}/agencies/${agency}/approved-area`, { as_of: query['as_of'], basis: query['basis'], format })
export const approvalsUrl = (agency: number): string => `${API}/agencies/${agency}/approvals`
export const approvalUrl = (agency: number, id: number): string => `${approvalsUrl(agency)}/${id}`
export const endApprovalUrl = (agency: number, id: number): string => `${approvalUrl(agency, id)}/end`
