// Marking things on the map: what is selected, what is sought, and what only the API knows about a building.
import type { ExpressionSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Band, BuildingSummary } from '@/api/types'
import type { ObjectRef } from '@/state/model'
import { NO_ONE, roomOpacity } from './houses'
import { onlyId } from './pointer'

const OUTLINED = { parcel: 'parcels', site: 'sites', zone: 'zones', building: 'buildings', room: 'rooms' } as const
const BUILDING_SOURCES = [{ source: 'buildings', sourceLayer: 'buildings' }, { source: 'points' }] as const

export function markSelected(map: MapLibre, ref: ObjectRef | null): void {
  for (const [kind, layer] of Object.entries(OUTLINED)) {
    map.setFilter(`${layer}-selected`, onlyId(ref?.kind === kind ? ref.id : null))
  }
  map.setFilter('points-selected', onlyId(ref?.kind === 'building' ? ref.id : null))
}

export function markJurisdiction(map: MapLibre, code: string | null): void {
  map.setFilter('jurisdictions-chosen', ['==', ['get', 'code'], code ?? ''])
}

export type SoughtRooms = { agency: number } | { state: string } | { ids: readonly number[] }

/** Rooms to stand out: those of an agency, those with a state, or certain ones; null marks none. */
export function markRooms(map: MapLibre, sought: SoughtRooms | null): void {
  const found = sought && matches(sought)
  const certain = sought !== null && 'ids' in sought
  map.setFilter('rooms-sought', certain ? NO_ONE : (found ?? NO_ONE))
  map.setFilter('rooms-found', certain && found ? found : NO_ONE)
  map.setPaintProperty('rooms-fill', 'fill-opacity', roomOpacity(found))
  // Their numbers go before those of their neighbours where there is no place for all.
  map.setLayoutProperty('rooms-name', 'symbol-sort-key', certain && found ? ['case', found, 0, 1] : undefined)
}

function matches(sought: SoughtRooms): ExpressionSpecification {
  if ('ids' in sought) return ['in', ['id'], ['literal', [...sought.ids]]]
  return 'agency' in sought ? ['==', ['get', 'agency'], sought.agency] : ['==', ['get', 'state'], sought.state]
}

export function markBuildings(map: MapLibre, ids: readonly number[]): void {
  map.setFilter('buildings-sought', ['in', ['id'], ['literal', [...ids]]])
}

export function setBuildingFigures(map: MapLibre, buildings: Iterable<BuildingSummary>): void {
  for (const { id, idle_share: idleShare, main_agency_id: agency } of buildings) {
    for (const target of BUILDING_SOURCES) map.setFeatureState({ ...target, id }, { idleShare, agency })
  }
}

export function setBands(map: MapLibre, bands: Iterable<{ id: number; band: Band }>): void {
  for (const { id, band } of bands) {
    for (const target of BUILDING_SOURCES) map.setFeatureState({ ...target, id }, { band })
  }
}
