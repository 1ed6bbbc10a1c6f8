// What a drawing would measure in each unit, to be judged by somebody who knows the building.
import { areaOf } from './shapes'
import { UNITS, type DrawnRoom, type PlanBox, type Unit } from '@/api/plans'

export const METRES: Record<Unit, number> = { mm: 0.001, cm: 0.01, m: 1, in: 0.0254, ft: 0.3048 }

export interface UnitGuess {
  unit: Unit
  /** Longer side of the drawing, m. */
  width: number | null
  /** Area of a room in the middle of all by size, m². */
  room: number | null
  /** The measured wall, m. */
  wall: number | null
  /** The unit that it would be read in, which of feet may be inches. */
  readIn: Unit
}

/** Figures as they would be if a person said each unit, from those in the unit that is in force now. */
export function guesses(now: { metres: number; box: PlanBox | null; rooms: readonly Pick<DrawnRoom, 'shape'>[]; wall: number | null; feetAreInches?: boolean }): UnitGuess[] {
  const longer = now.box ? Math.max(now.box[2] - now.box[0], now.box[3] - now.box[1]) : null
  const room = median(now.rooms.map(({ shape }) => areaOf(shape)))
  return UNITS.map((unit) => {
    const readIn = unit === 'ft' && now.feetAreInches ? 'in' : unit
    const by = METRES[readIn] / now.metres
    const times = (value: number | null, factor: number): number | null => (value === null ? null : value * factor)
    return { unit, width: times(longer, by), room: times(room, by * by), wall: times(now.wall, by), readIn }
  })
}

/** The unit in which a wall would come nearest to what somebody measured, if any comes near at all. */
export function unitFor(wall: number, metres: number, told: number): Unit | null {
  const off = (unit: Unit): number => Math.abs(Math.log((wall * METRES[unit]) / metres / told))
  const best = UNITS.reduce((one, other) => (off(other) < off(one) ? other : one))
  return off(best) < Math.log(1.25) ? best : null
}

/** Whether rooms of an office could be so large: from a closet to a hall. */
export function plausible({ width, room }: UnitGuess): boolean {
  return width !== null && width >= 3 && width <= 600 && (room === null || (room >= 2 && room <= 600))
}

function median(values: readonly number[]): number | null {
  const ordered = [...values].sort((a, b) => a - b)
  return ordered[Math.floor((ordered.length - 1) / 2)] ?? null
}
