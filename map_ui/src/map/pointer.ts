// What lies under the pointer: hover and click on the map's objects.
import type { FilterSpecification, Map as MapLibre, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl'
import type { Kind, ObjectRef } from '@/state/model'

/** Layers that answer to the pointer, the smallest objects first. */
const TARGETS: readonly [layer: string, kind: Kind][] = [
  ['rooms-fill', 'room'],
  ['buildings-fill', 'building'],
  ['buildings-dot', 'building'],
  ['points-dot', 'building'],
  ['sites-fill', 'site'],
  ['parcels-fill', 'parcel'],
  ['zones-fill', 'zone'],
]

export interface Hit {
  ref: ObjectRef
  properties: Record<string, unknown>
  x: number
  y: number
}

export interface PointerEvents {
  hovered: (hit: Hit | null) => void
  clicked: (hit: Hit | null) => void
}

/** Follow the pointer until the returned function is called. */
export function followPointer(map: MapLibre, events: PointerEvents): () => void {
  let lit: MapGeoJSONFeature | null = null

  function light(feature: MapGeoJSONFeature | null): void {
    if (feature?.id === lit?.id && feature?.source === lit?.source) return
    if (lit) map.setFeatureState(target(lit), { hover: false })
    if (feature) map.setFeatureState(target(feature), { hover: true })
    lit = feature
  }

  const move = (event: MapMouseEvent): void => {
    const found = map.isMoving() ? null : under(map, event)
    light(found?.feature ?? null)
    map.getCanvas().style.cursor = found ? 'pointer' : ''
    events.hovered(found?.hit ?? null)
  }
  const leave = (): void => {
    light(null)
    events.hovered(null)
  }
  const click = (event: MapMouseEvent): void => {
    events.clicked(under(map, event)?.hit ?? null)
  }

  map.on('mousemove', move)
  map.on('mouseout', leave)
  map.on('movestart', leave)
  map.on('click', click)
  return () => {
    map.off('mousemove', move)
    map.off('mouseout', leave)
    map.off('movestart', leave)
    map.off('click', click)
    leave()
  }
}

function under(map: MapLibre, event: MapMouseEvent): { feature: MapGeoJSONFeature; hit: Hit } | null {
  const layers = TARGETS.map(([layer]) => layer)
  const found = map.queryRenderedFeatures(event.point, { layers })
  for (const [layer, kind] of TARGETS) {
    const feature = found.find((candidate) => candidate.layer.id === layer)
    if (feature?.id === undefined) continue
    const { x, y } = event.point
    return { feature, hit: { ref: { kind, id: String(feature.id) }, properties: feature.properties, x, y } }
  }
  return null
}

function target(feature: MapGeoJSONFeature): { source: string; sourceLayer?: string; id: string | number } {
  const sourceLayer = feature.sourceLayer
  return { source: feature.source, ...(sourceLayer ? { sourceLayer } : {}), id: feature.id ?? -1 }
}

/** Filter that leaves one feature of its source, or none. */
export function onlyId(id: string | null): FilterSpecification {
  return ['==', ['id'], id === null ? -1 : Number(id)]
}
