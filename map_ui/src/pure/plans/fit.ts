// What brings points of a plan onto the map, a similarity (Helmert) or, on request, an affine map, for showing at once what
// moving a point does.
// What is kept is computed by the server; here metres are those of the ellipsoid around one place.
import type { Position } from 'geojson'
import type { XY } from '@/api/plans'

export interface Pair { plan: XY; map: [number, number] }
export interface Fitted {
  /** east = (a + p)·x + (q − b)·y + e, north = (b + q)·x + (a − p)·y + n, metres around `at`; p and q are 0 but of affine maps. */
  a: number
  b: number
  p: number
  q: number
  e: number
  n: number
  /** Longitude and latitude that metres count from. */
  at: [number, number]
}
export interface Quality { scale: number; rotationDeg: number; rms: number; residuals: number[] }

const SEMI_MAJOR_M = 6378137
const FLATTENING = 1 / 298.257222101
const SQUARED = FLATTENING * (2 - FLATTENING)

const LEAST_SPREAD = 1e-6
/** Points are on one line where they are a hundredth as wide as long: then nothing says how they stretch across it. */
const FLAT = 1e-4

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

function moved([x, y]: XY, { a, b, p, q, e, n }: Omit<Fitted, 'at'>): XY {
  return [(a + p) * x + (q - b) * y + e, (b + q) * x + (a - p) * y + n]
}

export function onMap(point: XY, fitted: Fitted): [number, number] {
  return toLonLat(moved(point, fitted), fitted.at)
}

/** Where a place on the map lies on the plan. */
export function onPlan(place: Position, { a, b, p, q, e, n, at }: Fitted): XY {
  const [east, north] = toMetres(place, at)
  const size = a * a + b * b - p * p - q * q
  return [((a - p) * (east - e) - (q - b) * (north - n)) / size, ((a + p) * (north - n) - (b + q) * (east - e)) / size]
}

/** The plan's middle at a place, turned counter-clockwise and not scaled. */
export function laid(middle: XY, at: [number, number], rotationDeg = 0): Fitted {
  const turn = (rotationDeg * Math.PI) / 180
  const a = Math.cos(turn)
  const b = Math.sin(turn)
  return { a, b, p: 0, q: 0, e: -(a * middle[0] - b * middle[1]), n: -(b * middle[0] + a * middle[1]), at }
}

/** Least squares over all pairs; one pair only moves what was there before. */
export function fit(pairs: readonly Pair[], before: Fitted): Fitted {
  const [first] = pairs
  if (!first) return before
  const { at } = before
  const points = pairs.map(({ plan, map }) => ({ plan, map: toMetres(map, at) }))
  const plan = mean(points.map((point) => point.plan))
  const map = mean(points.map((point) => point.map))
  let { a, b, p, q } = before
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
  if (spread > LEAST_SPREAD) [a, b, p, q] = [dot / spread, cross / spread, 0, 0]
  return through(plan, map, { a, b, p, q }, at)
}

/** Least squares that may stretch and shear; below three pairs away from one line, a similarity. */
export function fitAffine(pairs: readonly Pair[], before: Fitted): Fitted {
  const { at } = before
  const points = pairs.map(({ plan, map }) => ({ plan, map: toMetres(map, at) }))
  const plan = mean(points.map((point) => point.plan))
  const map = mean(points.map((point) => point.map))
  const sum = (of: (x: number, y: number, east: number, north: number) => number): number =>
    points.reduce((total, point) => total + of(point.plan[0] - plan[0], point.plan[1] - plan[1], point.map[0] - map[0], point.map[1] - map[1]), 0)
  const [xx, xy, yy] = [sum((x) => x * x), sum((x, y) => x * y), sum((_, y) => y * y)]
  const size = xx * yy - xy * xy
  if (pairs.length < 3 || size <= FLAT * (xx + yy) ** 2) return fit(pairs, before)
  const factors = (of: 'east' | 'north'): XY => {
    const [fx, fy] = [sum((x, _, east, north) => x * (of === 'east' ? east : north)), sum((_, y, east, north) => y * (of === 'east' ? east : north))]
    return [(fx * yy - fy * xy) / size, (fy * xx - fx * xy) / size]
  }
  const [[ex, ey], [nx, ny]] = [factors('east'), factors('north')]
  return through(plan, map, { a: (ex + ny) / 2, b: (nx - ey) / 2, p: (ex - ny) / 2, q: (ey + nx) / 2 }, at)
}

/** Moved so that one place comes onto another. */
function through(plan: XY, map: XY, turn: Pick<Fitted, 'a' | 'b' | 'p' | 'q'>, at: [number, number]): Fitted {
  const [east, north] = moved(plan, { ...turn, e: 0, n: 0 })
  return { ...turn, e: map[0] - east, n: map[1] - north, at }
}

/** How far each pair is off, m; none with fewer than two pairs. */
export function qualityOf(pairs: readonly Pair[], fitted: Fitted): Quality | null {
  if (pairs.length < 2) return null
  const { a, b, at } = fitted
  const residuals = pairs.map(({ plan, map }) => {
    const [east, north] = toMetres(map, at)
    const [x, y] = moved(plan, fitted)
    return Math.hypot(x - east, y - north)
  })
  const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0)
  return { scale: Math.hypot(a, b), rotationDeg: (Math.atan2(b, a) * 180) / Math.PI, rms: Math.sqrt(squares / residuals.length), residuals }
}

function mean(points: readonly XY[]): XY {
  const sum = points.reduce<XY>(([x, y], point) => [x + point[0], y + point[1]], [0, 0])
  return [sum[0] / points.length, sum[1] / points.length]
}
