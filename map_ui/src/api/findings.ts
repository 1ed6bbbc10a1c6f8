// What the API says about findings of compliance, under the names the client uses, and where it is asked.
import type { components } from './schema'
import { withQuery, type ExportFormat, type Query } from './urls'

type Schemas = components['schemas']

export type Board = Schemas['BoardAnswer']
export type FindingRow = Schemas['FindingAnswer']
export type FindingsPage = Schemas['FindingsAnswer']
export type Finding = Schemas['FindingDetail']
export type FindingFigure = Schemas['FigureAnswer']
export type FindingRoom = Schemas['FindingRoomAnswer']
export type FindingEvent = Schemas['FindingEventAnswer']
export type FindingEventToAdd = Schemas['FindingEventToAdd']
export type FindingRule = FindingRow['rule']
export type FindingState = FindingRow['state']
export type FindingAction = FindingEvent['action']
export type Inspections = Schemas['InspectionsAnswer']
export type InspectionKind = 'function' | 'annex' | 'outside'
export type LeaderPost = Schemas['LeaderPostAnswer']
export type LeaderPostToEnter = Schemas['LeaderPostToEnter']
export type PostEnd = NonNullable<LeaderPost['ended_by']>
export type Computed = Schemas['Computed']

export const RULES = [
  'over_area', 'over_ceiling', 'several_offices', 'kept_office', 'other_function', 'let_or_lent', 'no_agreement', 'wrong_tenure', 'not_registered', 'leased_despite_idle',
] as const satisfies FindingRule[]
export const STATES = ['open', 'warned', 'ordered', 'explained', 'closed'] as const satisfies FindingState[]
export const POST_ENDS = ['ended', 'transferred', 'retired'] as const satisfies PostEnd[]

const API = '/api/v1'

export const findingsUrl = (query: Query): string => withQuery(`${API}/findings`, query)
export const findingsFileUrl = (query: Query, format: ExportFormat): string => withQuery(`${API}/findings`, { ...query, cursor: null, limit: null, format })
export const boardUrl = (query: Query): string => withQuery(`${API}/findings/board`, query)
export const findingUrl = (id: number, asOf: string | null): string => withQuery(`${API}/findings/${id}`, { as_of: asOf })
export const findingEventsUrl = (id: number): string => `${API}/findings/${id}/events`
export const computationUrl = `${API}/findings/computation`

const ENTERED = { function: 'functions', annex: 'annexes', outside: 'outside-uses' } as const satisfies Record<InspectionKind, string>
export const inspectionsUrl = (room: number): string => `${API}/rooms/${room}/inspections`
export const enterInspectionUrl = (room: number, kind: InspectionKind): string => `${API}/rooms/${room}/${ENTERED[kind]}`
export const endInspectionUrl = (room: number, kind: InspectionKind, id: number): string => `${API}/rooms/${room}/inspections/${kind}/${id}/end`
export const inspectionUrl = (room: number, kind: InspectionKind, id: number): string => `${inspectionsUrl(room)}/${kind}/${id}`
export const leaderPostsUrl = (agency: number): string => `${API}/agencies/${agency}/leader-posts`
export const leaderPostUrl = (agency: number, id: number): string => `${leaderPostsUrl(agency)}/${id}`
export const endLeaderPostUrl = (agency: number, id: number): string => `${leaderPostUrl(agency, id)}/end`
