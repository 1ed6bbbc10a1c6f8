// What the map reports: where it stands, what can be seen on it, and whether it has settled.
import { isAbort, tellRefused } from '@/api/client'
import type { ErrorEvent, Map as MapLibre } from 'maplibre-gl'

export interface Seen {
  zoom: number
  buildings: number[]
  agencies: number[]
}

export interface ReportEvents {
  moved: () => void
  /** At once, not only when all is drawn: what is drawn follows from it. */
  zoomed: (zoom: number) => void
  seen: (now: Seen) => void
  settled: (now: boolean) => void
  failed: () => void
}

/** Report until the returned function is called. */
export function reportSeen(map: MapLibre, events: ReportEvents): () => void {
  const idle = (): void => {
    events.seen({ zoom: map.getZoom(), buildings: ids(map, 'buildings-fill', 'id'), agencies: ids(map, 'rooms-fill', 'agency') })
    events.settled(true)
  }
  const busy = (): void => { events.settled(false) }
  const zoomed = (): void => { events.zoomed(map.getZoom()) }
  const moved = (): void => { events.moved() }
  const failed = (event: ErrorEvent): void => {
    // An overtaken request is no failure.
    if (isAbort(event.error)) return
    if ('status' in event.error && event.error.status === 401) tellRefused()
    else events.failed()
  }
  map.on('idle', idle)
  map.on('dataloading', busy)
  map.on('movestart', busy)
  zoomed()
  map.on('zoom', zoomed)
  map.on('moveend', moved)
  map.on('error', failed)
  return () => {
    map.off('idle', idle)
    map.off('dataloading', busy)
    map.off('movestart', busy)
    map.off('zoom', zoomed)
    map.off('moveend', moved)
    map.off('error', failed)
  }
}

function ids(map: MapLibre, layer: string, property: 'id' | 'agency'): number[] {
  const found = map.queryRenderedFeatures({ layers: [layer] })
  const values = found.map((feature) => (property === 'id' ? feature.id : (feature.properties[property] as unknown)))
  return [...new Set(values.filter((value) => typeof value === 'number'))].sort((a, b) => a - b)
}
