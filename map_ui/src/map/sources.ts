// Where the map gets its shapes from: our tiles, and two small collections held in the page.
import type { FeatureCollection } from 'geojson'
import type { SourceSpecification } from 'maplibre-gl'
import type { Meta } from '@/api/types'
import { tileUrl, type Query } from '@/api/urls'
import { allows } from '@/state/session'

export const TILE_LAYERS = ['jurisdictions', 'zones', 'parcels', 'sites', 'buildings', 'rooms'] as const
export type TileLayer = (typeof TILE_LAYERS)[number]

const NEVER = 24

export const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** The day and the floor that the tiles are asked for. */
export interface Slice {
  asOf: string | null
  level: number
}

export function tilesOf(layer: TileLayer, slice: Slice): string[] {
  const query: Query = { as_of: slice.asOf }
  if (layer === 'rooms') query['level'] = slice.level
  return [tileUrl(layer, query, window.location.origin)]
}

export function sources(meta: Meta, slice: Slice): Record<string, SourceSpecification> {
  const tiles = TILE_LAYERS.map((layer) => {
    // Nearer than the map goes: who may not see rooms does not ask for them.
    if (layer === 'rooms' && !allows('read_assets')) return [layer, { type: 'vector', tiles: tilesOf(layer, slice), minzoom: NEVER, maxzoom: NEVER }] as const
    const { minzoom = 0, maxzoom = 16 } = meta.layers[layer] ?? {}
    return [layer, { type: 'vector', tiles: tilesOf(layer, slice), minzoom, maxzoom }] as const
  })
  return {
    ...Object.fromEntries(tiles),
    names: { type: 'geojson', data: NOTHING },
    points: { type: 'geojson', data: NOTHING },
    reach: { type: 'geojson', data: NOTHING },
    ...(meta.basemap && {
      basemap: {
        type: 'raster',
        tiles: [meta.basemap.url],
        tileSize: 256,
        attribution: meta.basemap.attribution ?? '',
      } satisfies SourceSpecification,
    }),
  }
}
