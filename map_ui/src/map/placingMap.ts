// The map on which a floor plan is laid: the building's footprint, the plan over it, and markers to drag.
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { Map as MapLibre, Marker, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type LayerSpecification, type LngLatBoundsLike } from 'maplibre-gl'
import type { FeatureCollection } from 'geojson'
import type { Bbox, LonLat, Meta } from '@/api/types'
import { INK, ground } from './ground'
import { SELECTED } from './houses'
import { onlyId } from './pointer'
import { NOTHING, sources } from './sources'

setWorkerUrl(workerUrl)

export interface MapPoint { name: string; map: LonLat; label: string }
export interface MapEvents {
  dragged: (name: string, to: LonLat, done: boolean) => void
  failed: () => void
}

const AROUND_PX = 46
/** How far an arrow key moves a marker, pixels; ten times as far with Shift. */
const NUDGE_PX = 1
const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

export class PlacingMap {
  readonly map: MapLibre
  private readonly markers = new Map<string, Marker>()
  private readonly events: MapEvents

  /** Throws when the browser has no WebGL. */
  constructor(container: HTMLElement, start: { meta: Meta; building: number; box: Bbox }, events: MapEvents) {
    this.events = events
    this.map = new MapLibre({
      container,
      style: {
        version: 8,
        sources: { ...sources(start.meta, { asOf: null, level: 1 }), plan: { type: 'geojson', data: NOTHING } },
        layers: [...ground(start.meta.basemap !== null), ...houses(start.building), ...plan],
      },
      bounds: start.box as LngLatBoundsLike,
      fitBoundsOptions: { padding: AROUND_PX },
      maxZoom: 24,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 110 }), 'bottom-left')
    this.map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right')
    this.map.on('error', () => { events.failed() })
  }

  /** Undo all that the constructor did. */
  remove(): void {
    this.map.remove()
  }

  setPlan(data: FeatureCollection): void {
    void this.map.getSource<GeoJSONSource>('plan')?.setData(data)
  }

  fit(box: Bbox): void {
    this.map.fitBounds(box as LngLatBoundsLike, { padding: AROUND_PX, duration: 400 })
  }

  /** Show these markers and no others. */
  setPoints(points: readonly MapPoint[]): void {
    for (const [name, marker] of this.markers) {
      if (points.some((point) => point.name === name)) continue
      marker.remove()
      this.markers.delete(name)
    }
    for (const point of points) {
      const marker = this.markers.get(point.name) ?? this.added(point)
      marker.setLngLat(point.map)
    }
  }

  private added({ name, map, label }: MapPoint): Marker {
    const element = document.createElement('div')
    element.className = 'control-point'
    element.textContent = name
    element.tabIndex = 0
    element.title = label
    element.dataset['point'] = name
    const marker = new Marker({ element, draggable: true }).setLngLat(map).addTo(this.map)
    element.setAttribute('aria-label', label)
    const tell = (done: boolean): void => {
      const { lng, lat } = marker.getLngLat()
      this.events.dragged(name, [lng, lat], done)
    }
    marker.on('drag', () => { tell(false) })
    marker.on('dragend', () => { tell(true) })
    element.addEventListener('keydown', (event) => {
      const way = WAYS[event.key]
      if (!way) return
      event.preventDefault()
      event.stopPropagation()
      const by = NUDGE_PX * (event.shiftKey ? 10 : 1)
      const { x, y } = this.map.project(marker.getLngLat())
      marker.setLngLat(this.map.unproject([x + way[0] * by, y + way[1] * by]))
      tell(true)
    })
    this.markers.set(name, marker)
    return marker
  }
}

function houses(building: number): LayerSpecification[] {
  const source = { source: 'buildings', 'source-layer': 'buildings' } as const
  return [
    { id: 'buildings-fill', type: 'fill', ...source, paint: { 'fill-color': '#dfe4ea' } },
    { id: 'buildings-line', type: 'line', ...source, paint: { 'line-color': INK, 'line-opacity': 0.4, 'line-width': 1 } },
    { id: 'footprint-fill', type: 'fill', ...source, filter: onlyId(String(building)), paint: { 'fill-color': '#ffffff' } },
    { id: 'footprint-line', type: 'line', ...source, filter: onlyId(String(building)), layout: { 'line-join': 'round' }, paint: { 'line-color': INK, 'line-width': 2.4 } },
  ]
}

const plan: LayerSpecification[] = [
  { id: 'plan-fill', type: 'fill', source: 'plan', filter: ['==', ['get', 'part'], 'room'], paint: { 'fill-color': '#3b7dd8', 'fill-opacity': 0.16 } },
  { id: 'plan-rooms', type: 'line', source: 'plan', filter: ['==', ['get', 'part'], 'room'], paint: { 'line-color': '#3b7dd8', 'line-width': 0.9 } },
  { id: 'plan-outline', type: 'line', source: 'plan', filter: ['==', ['get', 'part'], 'outline'], layout: { 'line-join': 'round' }, paint: { 'line-color': SELECTED, 'line-width': 2, 'line-dasharray': [3, 1.5] } },
]
