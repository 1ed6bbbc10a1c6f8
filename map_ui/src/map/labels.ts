// Names on the map, drawn from the fonts of the reader's own computer.
import type { LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { POINTS_UNTIL } from '@/pure/zooms'
import { INK } from './ground'

/** Font families for letters and ideographs alike; no glyph file is ever asked for. */
export const FONTS = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif']

export function labels(roomsFrom: number): LayerSpecification[] {
  return [
    name('jurisdictions', ['get', 'name'], { maxzoom: 13.5 }, '#5d6b7e', [7, 12, 12, 16], 0.12),
    name('zones', ['get', 'name'], { minzoom: 11, maxzoom: 15.5 }, '#155a72', [11, 12, 15, 14], 0),
    name('sites', ['get', 'name'], { minzoom: 14, maxzoom: roomsFrom + 0.5 }, '#5b6f45', [14, 11, 17, 13], 0),
    {
      ...name('points', ['get', 'name'], { minzoom: POINTS_UNTIL + 0.8 }, INK, [15, 11, 18, 14], 0),
      filter: ['has', 'name'],
    },
    name('rooms', ['coalesce', ['get', 'number'], ''], { minzoom: 18.3 }, INK, [18, 10, 20, 13], 0),
  ]
}

function name(
  source: string,
  text: NonNullable<SymbolLayerSpecification['layout']>['text-field'] & object,
  zooms: { minzoom?: number; maxzoom?: number },
  colour: string,
  [fromZoom, fromSize, toZoom, toSize]: [number, number, number, number],
  spacing: number,
): SymbolLayerSpecification {
  return {
    id: `${source}-name`,
    type: 'symbol',
    source,
    ...(source === 'points' ? {} : { 'source-layer': source }),
    ...zooms,
    layout: {
      'text-field': text,
      'text-font': FONTS,
      'text-size': ['interpolate', ['linear'], ['zoom'], fromZoom, fromSize, toZoom, toSize],
      'text-letter-spacing': spacing,
      'text-max-width': 9,
      'text-padding': 4,
    },
    paint: { 'text-color': colour, 'text-halo-color': 'rgba(255,255,255,0.92)', 'text-halo-width': 1.6 },
  }
}
