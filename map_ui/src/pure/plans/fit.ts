// The similarity (Helmert) that brings points of a plan onto the map, for showing at once what moving a point does.
// What is kept is computed by the server; here metres are those of the ellipsoid around one place.
import type { Position } from 'geojson'
import type { XY } from '@/api/plans'

export interface Pair { plan: XY; map: [number, number] }
export interface Fitted {
  /** east = a·x − b·y + e, north = b·x + a·y + n, metres around `at`. */
  a: number
  b: number
  e: number
  n: number
  /** Longitude and latitude that metres count from. */
  at: [number, number]
}
export interface Quality { scale: number; rotationDeg: number; rms: number; residuals: number[] }

const SEMI_MAJOR_M = 6378137
const FLATTENING = 1 / 298.257222101
const SQUARED = FLATTENING * (2 - FLATTENING)

/** Metres of a degree of longitude and of latitude at a place on the ellipsoid. */
function degree(latitude: number): [number, number] {
  const sine = Math.sin((latitude * Math.PI) / 180)
  const w = Math.sqrt(1 - SQUARED * sine * sine)
  const radian = Math.PI / 180
  return [radian * (SEMI_MAJOR_M / w) * Math.cos(latitude * radian), radian * ((SEMI_MAJOR_M * (1 - SQUARED)) / w ** 3)]
}

export function toMetres([lon = 0, lat = 0]: Position, at: [number, number]): XY {
  const [across, along] = degree(at[1])
  return [(lon - at[0]) * across, (lat - at[1]) * along]
}

export function toLonLat([east, north]: XY, at: [number, number]): [number, number] {
  const [across, along] = degree(at[1])
  return [at[0] + east / across, at[1] + north / along]
}

export function onMap([x, y]: XY, { a, b, e, n, at }: Fitted): [number, number] {
  return toLonLat([a * x - b * y + e, b * x + a * y + n], at)
}

/** Where a place on the map lies on the plan. */
export function onPlan(place: Position, { a, b, e, n, at }: Fitted): XY {
  const [east, north] = toMetres(place, at)
  const squared = a * a + b * b
  return [(a * (east - e) + b * (north - n)) / squared, (a * (north - n) - b * (east - e)) / squared]
}

/** The plan's middle at a place, turned counter-clockwise and not scaled. */
export function laid(middle: XY, at: [number, number], rotationDeg = 0): Fitted {
  const turn = (rotationDeg * Math.PI) / 180
  const a = Math.cos(turn)
  const b = Math.sin(turn)
  return { a, b, e: -(a * middle[0] - b * middle[1]), n: -(b * middle[0] + a * middle[1]), at }
}

/** Least squares over all pairs; one pair only moves what was there before. */
export function fit(pairs: readonly Pair[], before: Fitted): Fitted {
  const [first] = pairs
  if (!first) return before
  const { at } = before
  const points = pairs.map(({ plan, map }) => ({ plan, map: toMetres(map, at) }))
  const plan = mean(points.map((point) => point.plan))
  const map = mean(points.map((point) => point.map))
  let { a, b } = before
  let dot = 0
  let cross = 0
  let spread = 0
  for (const point of points) {
    const [x, y] = [point.plan[0] - plan[0], point.plan[1] - plan[1]]
    const [east, north] = [point.map[0] - map[0], point.map[1] - map[1]]
    dot += x * east + y * north
    cross += x * north - y * east
    spread += x * x + y * y
  }
  if (spread > 1e-6) [a, b] = [dot / spread, cross / spread]
  return { a, b, e: map[0] - (a * plan[0] - b * plan[1]), n: map[1] - (b * plan[0] + a * plan[1]), at }
}

/** How far each pair is off, m; none with fewer than two pairs. */
export function qualityOf(pairs: readonly Pair[], fitted: Fitted): Quality | null {
  if (pairs.length < 2) return null
  const { a, b, e, n, at } = fitted
  const residuals = pairs.map(({ plan: [x, y], map }) => {
    const [east, north] = toMetres(map, at)
    return Math.hypot(a * x - b * y + e - east, b * x + a * y + n - north)
  })
  const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0)
  return { scale: Math.hypot(a, b), rotationDeg: (Math.atan2(b, a) * 180) / Math.PI, rms: Math.sqrt(squares / residuals.length), residuals }
}

function mean(points: readonly XY[]): XY {
  const sum = points.reduce<XY>(([x, y], point) => [x + point[0], y + point[1]], [0, 0])
  return [sum[0] / points.length, sum[1] / points.length]
}
