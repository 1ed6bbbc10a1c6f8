// A floor of a plan laid onto the map, and what is known of how it lies.
import type { Feature, FeatureCollection, Position } from 'geojson'
import type { Drawing, Placement, Rings, XY } from '@/api/plans'
import type { Bbox, LonLat } from '@/api/types'
import { fitAffine, laid, onMap, type Fitted } from './fit'
import { middleOf } from './shapes'

/** Residuals up to here are no finding, m; and so far may the scale be off 1. */
export const RESIDUAL_LIMIT_M = 0.5
export const SCALE_LIMIT = 0.005

export function laidOut(drawing: Drawing, fitted: Fitted): FeatureCollection {
  const polygon = (rings: Rings): Position[][] => rings.map((ring) => ring.map((point) => onMap(point, fitted)))
  const feature = (part: string, shape: readonly Rings[]): Feature => ({
    type: 'Feature',
    properties: { part },
    geometry: { type: 'MultiPolygon', coordinates: shape.map(polygon) },
  })
  return {
    type: 'FeatureCollection',
    features: [...drawing.rooms.map((room) => feature('room', room.shape)), ...(drawing.outline ? [feature('outline', drawing.outline)] : [])],
  }
}

/** How a plan that was placed lies, taken from its corners. */
export function fittedOf({ bounds: [west, south, east, north], corners }: Placement): Fitted {
  const plan: XY[] = [[west, south], [east, south], [east, north], [west, north]]
  const pairs = plan.flatMap((point, at) => (corners[at] ? [{ plan: point, map: corners[at] }] : []))
  const at = corners[0] ?? ([0, 0] as LonLat)
  return fitAffine(pairs, laid([west, south], at))
}

/** A plan that was not placed yet, laid over the middle of its building. */
export function overBuilding(drawing: Drawing | null, middle: LonLat): Fitted {
  return laid(drawing?.bounds ? middleOf(drawing.bounds) : [0, 0], middle)
}

export function cornersOnMap(drawing: Drawing, fitted: Fitted): Bbox | null {
  if (!drawing.bounds) return null
  const [west, south, east, north] = drawing.bounds
  const corners = ([[west, south], [east, south], [east, north], [west, north]] as XY[]).map((corner) => onMap(corner, fitted))
  const lons = corners.map(([lon]) => lon)
  const lats = corners.map(([, lat]) => lat)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** The first number that no point has. */
export function nextName(points: readonly { name: string }[]): string {
  let number = 1
  while (points.some(({ name }) => name === String(number))) number += 1
  return String(number)
}
