// Small questions about boxes and shapes in longitude and latitude, for placing the camera only.
import type { Geometry, Position } from 'geojson'
import type { Bbox } from '@/api/types'

export function bboxOf(geometries: readonly Geometry[]): Bbox | null {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  for (const geometry of geometries) visit(geometry, ([lon = NaN, lat = NaN]) => {
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  })
  return box.every(Number.isFinite) ? box : null
}

export function joined(a: Bbox, b: Bbox): Bbox {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

export function overlaps(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

function visit(geometry: Geometry, see: (position: Position) => void): void {
  if (geometry.type === 'GeometryCollection') geometry.geometries.forEach((part) => { visit(part, see) })
  else walk(geometry.coordinates, see)
}

function walk(coordinates: Position | Position[] | Position[][] | Position[][][], see: (position: Position) => void): void {
  if (typeof coordinates[0] === 'number') see(coordinates as Position)
  else (coordinates as Position[]).forEach((part) => { walk(part as unknown as Position[], see) })
}
