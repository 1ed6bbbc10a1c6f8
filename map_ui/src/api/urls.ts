// Every address the client asks for is made here.
import type { Kind } from '@/state/model'

const API = '/api/v1'

type Value = string | number | boolean | readonly string[] | null | undefined
export type Query = Record<string, Value>

/** Path with a query string; what is null, undefined or empty is left out, and a list is given word by word. */
export function withQuery(path: string, query: Query = {}): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as string[]) : [value as string | number | boolean | null | undefined]) {
      if (one !== null && one !== undefined && one !== '') parts.append(name, String(one))
    }
  }
  const text = parts.toString()
  return text ? `${path}?${text}` : path
}

const COLLECTIONS: Record<Kind, string> = {
  jurisdiction: 'jurisdictions',
  zone: 'zones',
  parcel: 'parcels',
  site: 'sites',
  building: 'buildings',
  floor: 'floors',
  room: 'rooms',
  agency: 'agencies',
}

export const metaUrl = (): string => `${API}/meta`
export const vocabularyUrl = (): string => `${API}/vocabulary`
export const searchUrl = (q: string, asOf: string | null, limit: number): string => withQuery(`${API}/search`, { q, as_of: asOf, limit })
export const detailUrl = (kind: Kind, id: string, asOf: string | null): string =>
  withQuery(`${API}/${COLLECTIONS[kind]}/${encodeURIComponent(id)}`, { as_of: asOf })
export const listUrl = (kind: Kind, query: Query = {}): string => withQuery(`${API}/${COLLECTIONS[kind]}`, query)
export const summaryUrl = (query: Query): string => withQuery(`${API}/buildings/summary`, query)
export const reachUrl = (zoneId: number, radiusM: number): string =>
  withQuery(`${API}/zones/${zoneId}/reach`, { radius_m: radiusM })

export type Report = 'use' | 'completeness' | 'annual-forms' | 'approved-areas' | 'areas' | 'areas/agencies' | 'areas/rooms' | 'idle' | 'idle/spaces' | 'idle/spaces/closest' | 'under-used' | 'costs/buildings' | 'costs/agencies' | 'coverage'
export type ExportFormat = 'csv' | 'xlsx' | 'geojson'
export const reportUrl = (report: Report, query: Query): string => withQuery(`${API}/reports/${report}`, query)
export const exportUrl = (report: Report, query: Query, format: ExportFormat): string =>
  reportUrl(report, { ...query, cursor: null, limit: null, format })

/** Template of a layer's tiles; MapLibre needs the whole address, since its worker has none of its own. */
export function tileUrl(layer: string, query: Query, origin: string): string {
  return origin + withQuery(`/tiles/${layer}/{z}/{x}/{y}.mvt`, query)
}
