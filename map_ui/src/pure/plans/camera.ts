// Where on the screen a plan stands: pixels per metre and the place of the origin; north is up, y grows downwards.
import type { PlanBox, XY } from '@/api/plans'

export interface Sight {
  /** Pixels per metre. */
  scale: number
  /** Pixels from the top left corner to the origin of the drawing. */
  x: number
  y: number
}

export interface Size { width: number; height: number }

const MARGIN_PX = 36
/** A drawing in a wrong unit may be smaller than a hand; a point is no wider than this. */
const LEAST_M = 0.001
/** How far one may go from the scale that shows everything. */
const NEAREST = 80
const FARTHEST = 0.2

/** Show a box whole, in the middle. */
export function fitted(box: PlanBox, origin: XY, { width, height }: Size): Sight {
  const [west, south, east, north] = box
  const across = Math.max(width - 2 * MARGIN_PX, 40) / Math.max(east - west, LEAST_M)
  const along = Math.max(height - 2 * MARGIN_PX, 40) / Math.max(north - south, LEAST_M)
  const scale = Math.min(across, along)
  return {
    scale,
    x: width / 2 - scale * ((west + east) / 2 - origin[0]),
    y: height / 2 + scale * ((south + north) / 2 - origin[1]),
  }
}

/** Nearer or farther, with the place under (x, y) staying where it is; `whole` is the scale that shows everything. */
export function zoomed(sight: Sight, factor: number, { x, y, whole }: { x: number; y: number; whole: number }): Sight {
  const scale = Math.min(whole * NEAREST, Math.max(whole * FARTHEST, sight.scale * factor))
  const by = scale / sight.scale
  return { scale, x: x + (sight.x - x) * by, y: y + (sight.y - y) * by }
}

export const moved = (sight: Sight, x: number, y: number): Sight => ({ ...sight, x: sight.x + x, y: sight.y + y })

export function toScreen([east, north]: XY, origin: XY, { scale, x, y }: Sight): XY {
  return [x + scale * (east - origin[0]), y - scale * (north - origin[1])]
}

export function toPlan(left: number, top: number, origin: XY, { scale, x, y }: Sight): XY {
  return [origin[0] + (left - x) / scale, origin[1] + (y - top) / scale]
}

/** The longest round length that fits into `most` pixels. */
export function scaleBar(scale: number, most: number): { metres: number; pixels: number } {
  const longest = most / scale
  const power = 10 ** Math.floor(Math.log10(longest))
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= longest) ?? power
  return { metres, pixels: metres * scale }
}
