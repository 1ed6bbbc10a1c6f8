// Layers below the buildings: land and sea, boundaries, zones, their reach, parcels and sites.
import type { LayerSpecification } from 'maplibre-gl'

export const INK = '#1f3350'
const ZONE = '#1f6f8b'

export function ground(hasBasemap: boolean): LayerSpecification[] {
  const opacity = hasBasemap ? 0 : 1
  return [
    { id: 'background', type: 'background', paint: { 'background-color': '#dfe7ee' } },
    ...(hasBasemap ? [{ id: 'basemap', type: 'raster', source: 'basemap' } satisfies LayerSpecification] : []),
    {
      id: 'jurisdictions-fill',
      type: 'fill',
      source: 'jurisdictions',
      'source-layer': 'jurisdictions',
      paint: { 'fill-color': '#f7f6f2', 'fill-opacity': opacity, 'fill-antialias': false },
    },
    {
      id: 'jurisdictions-line',
      type: 'line',
      source: 'jurisdictions',
      'source-layer': 'jurisdictions',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': '#9aa5b5',
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.6, 12, 1.4, 16, 2],
        'line-dasharray': [4, 2, 1, 2],
      },
    },
    ...land,
    ...reach,
    ...zones,
  ]
}

const reach: LayerSpecification[] = [
  {
    id: 'reach-fill',
    type: 'fill',
    source: 'reach',
    paint: { 'fill-color': '#58a4b0', 'fill-opacity': 0.1 },
  },
  {
    id: 'reach-line',
    type: 'line',
    source: 'reach',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': '#2b8293', 'line-width': 2, 'line-dasharray': [3, 2] },
  },
]

const zones: LayerSpecification[] = [
  {
    id: 'zones-fill',
    type: 'fill',
    source: 'zones',
    'source-layer': 'zones',
    paint: { 'fill-color': ZONE, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12, 0.22, 16, 0.06] },
  },
  {
    id: 'zones-line',
    type: 'line',
    source: 'zones',
    'source-layer': 'zones',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': ZONE, 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1, 16, 2.2] },
  },
]

const land: LayerSpecification[] = [
  {
    id: 'parcels-fill',
    type: 'fill',
    source: 'parcels',
    'source-layer': 'parcels',
    minzoom: 11,
    paint: { 'fill-color': '#efe9da', 'fill-opacity': 0.7 },
  },
  {
    id: 'sites-fill',
    type: 'fill',
    source: 'sites',
    'source-layer': 'sites',
    minzoom: 12,
    paint: { 'fill-color': '#e8efe0', 'fill-opacity': 0.9 },
  },
  {
    id: 'sites-line',
    type: 'line',
    source: 'sites',
    'source-layer': 'sites',
    minzoom: 13,
    paint: { 'line-color': '#a9b797', 'line-width': 1.2 },
  },
  {
    id: 'parcels-line',
    type: 'line',
    source: 'parcels',
    'source-layer': 'parcels',
    minzoom: 13.5,
    paint: {
      // thousands of neighbours are a pale net from afar; borders stand out where one can tell them apart
      'line-color': ['interpolate', ['linear'], ['zoom'], 13.5, '#e6dfcc', 15.5, '#d3c49c', 17, '#b49a63'],
      'line-width': ['interpolate', ['linear'], ['zoom'], 13.5, 0.5, 17, 1],
    },
  },
]
