// What is written into a room: as much of number, name and area as its size on the screen allows.
import type { DrawnRoom } from '@/api/plans'
import { formatArea } from '../format'
import { boxOfRings } from './shapes'

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

/** Width and height of a room in metres. */
export function extentOf(room: Pick<DrawnRoom, 'shape'>): { width: number; height: number } {
  const box = boxOfRings(room.shape)
  return box ? { width: box[2] - box[0], height: box[3] - box[1] } : { width: 0, height: 0 }
}

/** What a room is called in lists and sentences. */
export function roomName(room: Pick<DrawnRoom, 'number' | 'name'>, without: string): string {
  return [room.number, room.name].filter(Boolean).join(' ') || without
}
