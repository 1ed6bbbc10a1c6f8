// What is written into a room: as much of number, name and area as its size on the screen allows.
import type { DrawnRoom, XY } from '@/api/plans'
import { formatArea } from '../format'

export const LINE_PX = 14
const LETTER_PX = 6.6

/** Width of a text in pixels at the size of the labels; Chinese characters are twice as wide as letters. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 2 * LETTER_PX : LETTER_PX), 0)
}

/** Lines to write into a box of so many pixels: the number goes before the name, the name before the area. */
export function labelLines(room: Pick<DrawnRoom, 'number' | 'name' | 'area_m2'>, width: number, height: number): string[] {
  const wanted = [room.number, room.name, `${formatArea(room.area_m2)} ㎡`]
  const lines: string[] = []
  for (const text of wanted) {
    if (text && textWidth(text) + 6 <= width && (lines.length + 1) * LINE_PX + 4 <= height) lines.push(text)
  }
  return lines
}

/** How wide and high a text around the place of a room's label may be to stay inside of its walls, m. */
export function clearAround({ shape, label_at: at }: Pick<DrawnRoom, 'shape' | 'label_at'>): { width: number; height: number } {
  if (!at) return { width: 0, height: 0 }
  const rings = shape.flat()
  return { width: 2 * nearestCrossing(rings, at, 0), height: 2 * nearestCrossing(rings, at, 1) }
}

/** Distance from a place to the nearest wall along an axis (0: east and west, 1: north and south), m. */
function nearestCrossing(rings: readonly XY[][], at: XY, axis: 0 | 1): number {
  const other = axis === 0 ? 1 : 0
  let least = Infinity
  for (const ring of rings) {
    ring.forEach((from, n) => {
      const to = ring[n + 1] ?? ring[0] ?? from
      const [a, b] = [from[other] - at[other], to[other] - at[other]]
      if (a > 0 === b > 0) return
      least = Math.min(least, Math.abs(from[axis] + ((to[axis] - from[axis]) * a) / (a - b) - at[axis]))
    })
  }
  return Number.isFinite(least) ? least : 0
}

/** What a room is called in lists and sentences. */
export function roomName(room: Pick<DrawnRoom, 'number' | 'name'>, without: string): string {
  return [room.number, room.name].filter(Boolean).join(' ') || without
}
