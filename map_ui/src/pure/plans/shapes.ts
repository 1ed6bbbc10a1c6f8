// Shapes of a plan as paths of a drawing: plan metres less an origin, since a browser draws with 32-bit figures.
import type { Geometry, Position } from 'geojson'
import type { PlanBox, Rings, XY } from '@/api/plans'

/** As many digits as a browser keeps: less than a tenth of a millimetre on a building, and enough for one in a wrong unit. */
const DIGITS = 7
const written = (value: number): string => String(Number(value.toPrecision(DIGITS)))

export function lineOf(points: readonly Position[], [east, north]: XY, closed = false): string {
  const [first, ...others] = points.map(([x = 0, y = 0]) => `${written(x - east)} ${written(y - north)}`)
  if (first === undefined) return ''
  return `M${first}${others.map((point) => `L${point}`).join('')}${closed ? 'Z' : ''}`
}

/** Polygons with their holes; to be filled by the rule `evenodd`. */
export function pathOf(polygons: readonly Rings[], origin: XY): string {
  return polygons.flatMap((rings) => rings.map((ring) => lineOf(ring, origin, true))).join('')
}

/** A GeoJSON geometry in plan metres; points draw nothing. */
export function geometryPath(geometry: Geometry, origin: XY): string {
  switch (geometry.type) {
    case 'Polygon': return pathOf([geometry.coordinates as Rings], origin)
    case 'MultiPolygon': return pathOf(geometry.coordinates as Rings[], origin)
    case 'LineString': return lineOf(geometry.coordinates, origin)
    case 'MultiLineString': return geometry.coordinates.map((line) => lineOf(line, origin)).join('')
    case 'GeometryCollection': return geometry.geometries.map((part) => geometryPath(part, origin)).join('')
    default: return ''
  }
}

export function boxOf(points: Iterable<Position>): PlanBox | null {
  const box: PlanBox = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = NaN, y = NaN] of points) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box.every(Number.isFinite) ? box : null
}

export const boxOfRings = (polygons: readonly Rings[]): PlanBox | null => boxOf(polygons.flat(2))

export function boxOfGeometry(geometry: Geometry): PlanBox | null {
  return boxOf(pointsOf(geometry))
}

function pointsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(pointsOf)
  const flat = geometry.coordinates.flat(Infinity) as number[]
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, at) => [flat[2 * at] ?? 0, flat[2 * at + 1] ?? 0])
}

export function joinedBoxes(boxes: readonly (PlanBox | null | undefined)[]): PlanBox | null {
  return boxOf(boxes.flatMap((box) => (box ? [[box[0], box[1]], [box[2], box[3]]] : [])))
}

export const middleOf = ([west, south, east, north]: PlanBox): XY => [(west + east) / 2, (south + north) / 2]

/** A box with more room around it, at least `least` metres wide and high. */
export function widened([west, south, east, north]: PlanBox, by: number, least = 0): PlanBox {
  const across = Math.max(by, (least - (east - west)) / 2)
  const along = Math.max(by, (least - (north - south)) / 2)
  return [west - across, south - along, east + across, north + along]
}

/** Area within a ring, m². */
export function ringArea(ring: readonly XY[]): number {
  const twice = ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.abs(twice) / 2
}

/** Area of polygons less their holes, m². */
export function areaOf(polygons: readonly Rings[]): number {
  return polygons.reduce((sum, [outer = [], ...holes]) => sum + ringArea(outer) - holes.reduce((inner, hole) => inner + ringArea(hole), 0), 0)
}

export const distance = (a: XY, b: XY): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Corners of outlines that a picked point may snap to: the nearest within `reach` metres, else the point itself. */
export function snapped(point: XY, corners: readonly XY[], reach: number): XY {
  let best: XY = point
  let least = reach
  for (const corner of corners) {
    const away = distance(point, corner)
    if (away < least) {
      least = away
      best = corner
    }
  }
  return best
}
