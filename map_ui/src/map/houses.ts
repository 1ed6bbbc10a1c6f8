// Layers of buildings and rooms, and the outlines that mark what is pointed at, selected or sought.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { buildingColour, roomColour } from '@/pure/paint'
import { POINTS_UNTIL } from '@/pure/zooms'
import type { MapTheme } from '@/state/model'
import { INK } from './ground'

export const SELECTED = '#e0218a'

const HOVERED: ExpressionSpecification = ['boolean', ['feature-state', 'hover'], false]
/** Matches no feature: ids are never negative. */
export const NO_ONE: ExpressionSpecification = ['==', ['id'], -1]

/** Where rooms carry the colour, their building fades to a pale floor plate under them. */
export function buildingOpacity(theme: MapTheme, roomsFrom: number): ExpressionSpecification {
  const beneathRooms = theme === 'title' || theme === 'tenure' || theme === 'coverage' ? 0.9 : 0.1
  return ['interpolate', ['linear'], ['zoom'], roomsFrom - 0.2, 0.95, roomsFrom + 0.3, beneathRooms]
}

/** Rooms that are not sought step back behind those that are. */
export function roomOpacity(sought: ExpressionSpecification | null): ExpressionSpecification {
  return ['case', HOVERED, 0.75, sought ?? true, 0.95, 0.38]
}

export function houses(theme: MapTheme, roomsFrom: number): LayerSpecification[] {
  const buildings = { source: 'buildings', 'source-layer': 'buildings', minzoom: POINTS_UNTIL - 0.4 } as const
  const rooms = { source: 'rooms', 'source-layer': 'rooms', minzoom: roomsFrom } as const
  return [
    {
      id: 'buildings-fill',
      type: 'fill',
      ...buildings,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': buildingColour(theme), 'fill-opacity': buildingOpacity(theme, roomsFrom) },
    },
    {
      id: 'rooms-fill',
      type: 'fill',
      ...rooms,
      paint: { 'fill-color': roomColour(theme), 'fill-opacity': roomOpacity(null) },
    },
    {
      id: 'rooms-line',
      type: 'line',
      ...rooms,
      paint: { 'line-color': '#ffffff', 'line-width': ['interpolate', ['linear'], ['zoom'], 16, 0.3, 19, 1.4] },
    },
    {
      id: 'buildings-line',
      type: 'line',
      ...buildings,
      paint: {
        'line-color': INK,
        'line-opacity': ['case', HOVERED, 1, 0.55],
        'line-width': ['case', HOVERED, 2.4, 1],
      },
    },
    {
      id: 'buildings-dot',
      type: 'circle',
      ...buildings,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: dot(theme),
    },
    { id: 'points-dot', type: 'circle', source: 'points', maxzoom: POINTS_UNTIL, paint: dot(theme) },
  ]
}

function dot(theme: MapTheme): Extract<LayerSpecification, { type: 'circle' }>['paint'] {
  const size: ExpressionSpecification = ['sqrt', ['max', ['coalesce', ['get', 'usable'], 2500], 400]]
  return {
    'circle-color': buildingColour(theme),
    'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, ['+', 3.5, ['*', size, 0.03]], 11, ['+', 3, ['*', size, 0.06]], 14, ['+', 3, ['*', size, 0.1]]],
    'circle-stroke-color': ['case', HOVERED, INK, '#ffffff'],
    'circle-stroke-width': ['case', HOVERED, 2, 1],
    'circle-opacity': 0.92,
  }
}

export function marks(roomsFrom: number): LayerSpecification[] {
  const line = { 'line-join': 'round' } as const
  const rooms = { source: 'rooms', 'source-layer': 'rooms', minzoom: roomsFrom, filter: NO_ONE } as const
  const buildings = { source: 'buildings', 'source-layer': 'buildings', filter: NO_ONE } as const
  return [
    {
      id: 'rooms-hover',
      type: 'line',
      source: 'rooms',
      'source-layer': 'rooms',
      minzoom: roomsFrom,
      layout: line,
      paint: { 'line-color': INK, 'line-width': 2, 'line-opacity': ['case', HOVERED, 1, 0] },
    },
    { id: 'rooms-sought', type: 'line', ...rooms, layout: line, paint: { 'line-color': '#8f1d16', 'line-width': ['interpolate', ['linear'], ['zoom'], 16.4, 0.8, 19, 2.2] } },
    { id: 'rooms-found', type: 'line', ...rooms, layout: line, paint: { 'line-color': SELECTED, 'line-width': ['interpolate', ['linear'], ['zoom'], 16.4, 2, 19, 4] } },
    { id: 'buildings-sought', type: 'line', ...buildings, layout: line, paint: { 'line-color': SELECTED, 'line-width': 2.4 } },
    {
      id: 'jurisdictions-chosen',
      type: 'line',
      source: 'jurisdictions',
      'source-layer': 'jurisdictions',
      filter: NO_ONE,
      layout: line,
      paint: { 'line-color': '#2a5f9e', 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 2, 14, 3.5], 'line-opacity': 0.8 },
    },
    outline('parcels'),
    outline('sites'),
    outline('zones'),
    outline('buildings'),
    { ...outline('rooms'), minzoom: roomsFrom },
    {
      id: 'points-selected',
      type: 'circle',
      source: 'points',
      maxzoom: POINTS_UNTIL,
      filter: NO_ONE,
      paint: { 'circle-radius': 11, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': SELECTED, 'circle-stroke-width': 3 },
    },
  ]
}

function outline(layer: string): Extract<LayerSpecification, { type: 'line' }> {
  return {
    id: `${layer}-selected`,
    type: 'line',
    source: layer,
    'source-layer': layer,
    filter: NO_ONE,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': SELECTED, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 2, 18, 3.5] },
  }
}
