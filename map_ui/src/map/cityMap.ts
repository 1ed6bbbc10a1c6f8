// The map itself: made once, told what to show, and taken down without a trace.
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import {
  Map as MapLibre,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type LngLatBoundsLike,
  type PaddingOptions,
  type VectorTileSource,
} from 'maplibre-gl'
import type { FeatureCollection } from 'geojson'
import type { Bbox, LonLat, Meta } from '@/api/types'
import type { Camera, MapTheme } from '@/state/model'
import { buildingColour, roomColour } from '@/pure/paint'
import { ROOMS_ZOOM } from '@/pure/zooms'
import { ground } from './ground'
import { buildingOpacity, houses, marks } from './houses'
import { FONTS, labelText, labels } from './labels'
import { TILE_LAYERS, sources, tilesOf, type Slice, type TileLayer } from './sources'

setWorkerUrl(workerUrl)

const CHINA: Bbox = [73, 18, 135, 53]

export interface Start {
  meta: Meta
  slice: Slice
  theme: MapTheme
  camera: Camera | null
  /** Shown when no camera is given; null for an empty database. */
  home: Bbox | null
  padding: PaddingOptions
}

export class CityMap {
  readonly map: MapLibre
  private slice: Slice

  /** Throws when the browser has no WebGL. */
  constructor(container: HTMLElement, start: Start) {
    const { meta, slice, theme, camera } = start
    this.slice = slice
    this.map = new MapLibre({
      container,
      style: {
        version: 8,
        sources: sources(meta, slice),
        layers: [
          ...ground(meta.basemap !== null),
          ...houses(theme, ROOMS_ZOOM),
          ...marks(ROOMS_ZOOM),
          ...labels(ROOMS_ZOOM),
        ],
      },
      localIdeographFontFamily: FONTS.join(', '),
      ...(camera
        ? { center: [camera.lon, camera.lat] as LonLat, zoom: camera.zoom }
        : { bounds: (start.home ?? CHINA) as LngLatBoundsLike, fitBoundsOptions: { padding: start.padding } }),
      maxZoom: 22,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: meta.basemap?.attribution ? { compact: true } : false,
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 120 }), 'bottom-left')
  }

  /** Undo all that the constructor did. */
  remove(): void {
    this.map.remove()
  }

  /** Show another floor or day: only the addresses of the tiles change. */
  show(slice: Slice): void {
    const dayChanged = slice.asOf !== this.slice.asOf
    this.slice = slice
    for (const layer of dayChanged ? TILE_LAYERS : (['rooms'] as const)) this.setTiles(layer)
  }

  colourBy(theme: MapTheme): void {
    this.map.setPaintProperty('buildings-fill', 'fill-color', buildingColour(theme))
    this.map.setPaintProperty('buildings-fill', 'fill-opacity', buildingOpacity(theme, ROOMS_ZOOM))
    this.map.setPaintProperty('buildings-dot', 'circle-color', buildingColour(theme))
    this.map.setPaintProperty('points-dot', 'circle-color', buildingColour(theme))
    this.map.setPaintProperty('rooms-fill', 'fill-color', roomColour(theme))
  }

  setVisible(source: string, visible: boolean): void {
    for (const layer of this.map.getStyle().layers) {
      if ('source' in layer && layer.source === source) {
        this.map.setLayoutProperty(layer.id, 'visibility', visible ? 'visible' : 'none')
      }
    }
  }

  setData(source: 'names' | 'points' | 'reach', data: FeatureCollection): void {
    void this.map.getSource<GeoJSONSource>(source)?.setData(data)
  }

  /** Label things of a tile layer by these names, the others by their own. */
  setNames(layer: 'zones' | 'sites', names: ReadonlyMap<number, string>): void {
    this.map.setLayoutProperty(`${layer}-name`, 'text-field', labelText(names))
  }

  get camera(): Camera {
    const { lng: lon, lat } = this.map.getCenter()
    return { zoom: this.map.getZoom(), lat, lon }
  }

  goTo(camera: Camera): void {
    this.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom })
  }

  /** Fly to a box, seen whole beside the panels that lie over the map. */
  fit(box: Bbox, padding: PaddingOptions, maxZoom: number): void {
    this.map.fitBounds(box as LngLatBoundsLike, { padding, maxZoom, duration: 900 })
  }

  flyTo(location: LonLat, padding: PaddingOptions, zoom: number): void {
    this.fit([...location, ...location], padding, zoom)
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: 250 })
  }

  private setTiles(layer: TileLayer): void {
    this.map.getSource<VectorTileSource>(layer)?.setTiles(tilesOf(layer, this.slice))
  }
}
