// Details of one object from the API, and what selecting it does to the map.
import { ApiProblem, getJson } from '@/api/client'
import type { AgencyDetail, Bbox, BuildingDetail, FloorDetail, JurisdictionDetail, ParcelDetail, RoomDetail, SiteDetail, Zone } from '@/api/types'
import { detailUrl, listUrl } from '@/api/urls'
import { joined } from '@/pure/geometry'
import { nearestLevel } from '@/pure/levels'
import type { Kind, ObjectRef } from '@/state/model'
import { view } from '@/state/navigation'
import { flight, focusBuilding } from '@/state/scene'

interface Shapes {
  jurisdiction: JurisdictionDetail
  zone: Zone
  parcel: ParcelDetail
  site: SiteDetail
  building: BuildingDetail
  floor: FloorDetail
  room: RoomDetail
  agency: AgencyDetail
}
export type Details = { [K in Kind]: { kind: K; id: string; detail: Shapes[K] } }[Kind]

export async function loadDetails({ kind, id }: ObjectRef, asOf: string | null, signal: AbortSignal): Promise<Details> {
  const detail = kind === 'zone' ? await zone(id, asOf, signal) : await getJson<Shapes[Kind]>(detailUrl(kind, id, asOf), signal)
  return { kind, id, detail } as Details
}

/** Zones are few and come with their outlines, so they are only listed. */
async function zone(id: string, asOf: string | null, signal: AbortSignal): Promise<Zone> {
  const { items } = await getJson<{ items: Zone[] }>(listUrl('zone', { as_of: asOf }), signal)
  const found = items.find((one) => String(one.id) === id)
  if (!found) throw new ApiProblem(404, '', '')
  return found
}

/** How near to fly at most, by what is looked at. */
const NEAREST: Record<Kind, number> = { jurisdiction: 12, zone: 16, parcel: 17.5, site: 17.3, building: 18, floor: 18.3, room: 19, agency: 17.5 }

/** Offer the right floors, go to the object's floor and, if wished, fly to it. */
export function showOnMap(details: Details, fly: boolean): void {
  focusBuilding.value = buildingOf(details)
  if (details.kind === 'room' || details.kind === 'floor') view.level = details.detail.level
  if (details.kind === 'building') view.level = nearestLevel(details.detail.floors.map((floor) => floor.level), view.level)
  const box = fly ? boxOf(details) : null
  if (box) flight.value = { box, maxZoom: NEAREST[details.kind] }
}

/** Undo what selecting did to the controls of the map. */
export function leave(): void {
  focusBuilding.value = null
}

function buildingOf(details: Details): number | null {
  if (details.kind === 'building') return details.detail.id
  return details.kind === 'room' || details.kind === 'floor' ? details.detail.building_id : null
}

function boxOf({ detail, kind }: Details): Bbox | null {
  if (kind === 'agency' && detail.buildings.length > 0) {
    return detail.buildings.map(({ location }): Bbox => [...location, ...location]).reduce(joined)
  }
  return detail.bbox ?? (detail.location ? [...detail.location, ...detail.location] : null)
}
