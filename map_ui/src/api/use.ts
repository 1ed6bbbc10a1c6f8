// What the API says about use, sheets, completeness and the yearly report, and where it is asked.
import type { components } from './schema'
import { withQuery, type Query } from './urls'

type Schemas = components['schemas']

export type UseReport = Schemas['UseAnswer']
export type UseNode = Schemas['UseNode']
export type Figures = Schemas['FiguresAnswer']
export type SplitSaid = Schemas['SplitAnswer']
export type Split = SplitSaid['rule']
export type UseTree = UseReport['tree']
export type RoomsInUse = Schemas['RoomsInUseAnswer']
export type RoomInUse = Schemas['RoomUseRow']
export type BuildingSheet = Schemas['BuildingSheetAnswer']
export type CompletenessReport = Schemas['CompletenessAnswer']
export type BuildingLight = CompletenessReport['items'][number]
export type Gap = BuildingLight['gaps'][number]
export type Light = BuildingLight['light']
export type AnnualReport = Schemas['AnnualAnswer']
export type AnnualForm = AnnualReport['forms'][number]
export type Project = Schemas['ProjectAnswer']
export type ProjectToEnter = Schemas['ProjectToEnter']

export const SPLITS = ['recorded', 'equal', 'people', 'approved'] as const satisfies Split[]
export const TREES = ['agencies', 'jurisdictions'] as const satisfies UseTree[]
export const LIGHTS = ['red', 'amber', 'green'] as const satisfies Light[]
/** Categories in the order in which they stand everywhere. */
export const CATEGORIES = ['office', 'service', 'equipment', 'ancillary', 'technical', 'unclassified'] as const
export type UsedCategory = (typeof CATEGORIES)[number]
export const TENURES = ['owned', 'leased', 'borrowed', 'unknown'] as const
/** The part of an agency's rooms that a figure is of; all where neither is named. */
export interface UsedPart { category?: UsedCategory; tenure?: (typeof TENURES)[number] }

const API = '/api/v1'

export type SheetFormat = 'xlsx' | 'pdf'
export const useUrl = (query: Query): string => withQuery(`${API}/reports/use`, query)
export const useRoomsUrl = (query: Query): string => withQuery(`${API}/reports/use/rooms`, query)
export const agencySheetUrl = (agency: number, query: Query): string => withQuery(`${API}/agencies/${agency}/sheet`, query)
export const buildingSheetUrl = (building: number, query: Query): string => withQuery(`${API}/buildings/${building}/sheet`, query)
export const completenessUrl = (query: Query): string => withQuery(`${API}/reports/completeness`, query)
export const annualUrl = (query: Query): string => withQuery(`${API}/reports/annual-forms`, query)
export const projectsUrl = (query: Query = {}): string => withQuery(`${API}/projects`, query)
export const projectsEndUrl = `${API}/projects/end`
