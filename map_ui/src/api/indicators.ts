// What the API says about indicators, under the names the client uses, and where it is asked.
import type { components } from './schema'
import { withQuery, type ExportFormat, type Query } from './urls'

type Schemas = components['schemas']

export type Indicators = Schemas['IndicatorsAnswer']
export type Indicator = Schemas['IndicatorAnswer']
export type IndicatorAbout = Schemas['IndicatorAbout']
export type IndicatorKey = Indicator['key']
export type IndicatorGroup = Indicator['group']
export type IndicatorUnit = Indicator['unit']
export type IndicatorPart = Schemas['PartAnswer']
export type IndicatorRow = Schemas['IndicatorRow']
export type IndicatorRows = Schemas['IndicatorRowsAnswer']
export type IndicatorSeries = Schemas['IndicatorSeriesAnswer']
export type IndicatorComparison = Schemas['IndicatorComparisonAnswer']
export type JurisdictionValue = Schemas['JurisdictionValue']

export const SORTS = ['counted', 'uncounted', 'lacking'] as const
export type RowSort = (typeof SORTS)[number]

const API = '/api/v1/indicators'

export const indicatorsUrl = (query: Query, format?: ExportFormat): string => withQuery(API, { ...query, format })
export const indicatorRowsUrl = (key: IndicatorKey, query: Query, format?: ExportFormat): string => withQuery(`${API}/${key}/rows`, { ...query, format })
export const indicatorSeriesUrl = (key: IndicatorKey, query: Query): string => withQuery(`${API}/${key}/series`, query)
export const indicatorPlacesUrl = (key: IndicatorKey, query: Query): string => withQuery(`${API}/${key}/jurisdictions`, query)
