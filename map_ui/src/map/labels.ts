// Names on the map, drawn from the fonts of the reader's own computer.
import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { POINTS_UNTIL } from '@/pure/zooms'
import { INK } from './ground'

/** Font families for letters and ideographs alike; no glyph file is ever asked for. */
export const FONTS = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif']

/** Sources held in the page, one point a name; in tiles a name would stand once in every tile its shape meets. */
const HELD = ['points', 'names']
const CITY_UNTIL = 8
const ROOM_NUMBERS_FROM = 18.2

export function labels(roomsFrom: number): LayerSpecification[] {
  return [
    // Cities while the country is in view, counties from then on: together they would stand on top of each other.
    { ...jurisdictions({ maxzoom: CITY_UNTIL }), id: 'jurisdictions-city-name', filter: ['!=', ['get', 'level'], 'county'] },
    { ...jurisdictions({ minzoom: CITY_UNTIL, maxzoom: 14 }), filter: ['==', ['get', 'level'], 'county'] },
    name('zones', ['get', 'name'], { minzoom: 11, maxzoom: 15.5 }, '#155a72', [11, 12, 15, 14], 0),
    name('sites', ['get', 'name'], { minzoom: 14, maxzoom: roomsFrom + 0.5 }, '#5b6f45', [14, 11, 17, 13], 0),
    buildingNames(),
    name('rooms', ['coalesce', ['get', 'number'], ''], { minzoom: ROOM_NUMBERS_FROM }, INK, [18, 10, 20, 13], 0, 0),
  ]
}

/** The text of a layer's labels where some of its things go by other names, as in English. */
export function labelText(names: ReadonlyMap<number, string>): ExpressionSpecification {
  const given: ExpressionSpecification = ['get', 'name']
  if (names.size === 0) return given
  return ['match', ['id'], ...[...names].flat(), given] as unknown as ExpressionSpecification
}

/** Names of buildings stand below their footprints, however large the zoom makes these. */
function buildingNames(): SymbolLayerSpecification {
  const zooms = { minzoom: POINTS_UNTIL + 0.6, maxzoom: ROOM_NUMBERS_FROM + 0.6 }
  const layer = name('points', ['get', 'name'], zooms, INK, [15, 11, 18, 14], 0)
  const below: ExpressionSpecification = [
    'interpolate',
    ['exponential', 2],
    ['zoom'],
    ...[15, ['literal', [0, 0.9]], 16, ['literal', [0, 1.6]], 17, ['literal', [0, 2.8]], 18.6, ['literal', [0, 7.5]]],
  ] as unknown as ExpressionSpecification
  return { ...layer, layout: { ...layer.layout, 'text-anchor': 'top', 'text-offset': below, 'text-max-width': 14 } }
}

function jurisdictions(zooms: { minzoom?: number; maxzoom?: number }): SymbolLayerSpecification {
  return name('names', ['get', 'name'], zooms, '#5d6b7e', [7, 12, 12, 16], 0.12)
}

function name(
  source: string,
  text: NonNullable<SymbolLayerSpecification['layout']>['text-field'] & object,
  zooms: { minzoom?: number; maxzoom?: number },
  colour: string,
  [fromZoom, fromSize, toZoom, toSize]: [number, number, number, number],
  spacing: number,
  padding = 4,
): SymbolLayerSpecification {
  return {
    id: `${source}-name`,
    type: 'symbol',
    source,
    ...(HELD.includes(source) ? {} : { 'source-layer': source }),
    ...zooms,
    layout: {
      'text-field': text,
      'text-font': FONTS,
      'text-size': ['interpolate', ['linear'], ['zoom'], fromZoom, fromSize, toZoom, toSize],
      'text-letter-spacing': spacing,
      'text-max-width': 9,
      'text-padding': padding,
    },
    paint: { 'text-color': colour, 'text-halo-color': 'rgba(255,255,255,0.92)', 'text-halo-width': 1.6 },
  }
}
