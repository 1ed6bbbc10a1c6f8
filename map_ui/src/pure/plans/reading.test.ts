import { describe, expect, it } from 'vitest'
import { levelZero, withGround } from './reading'
import type { PlanFloor, Reading } from '@/api/plans'

const floor = (key: string, level: number | null): PlanFloor => ({ key, name: key, level }) as PlanFloor
const floors = [floor('b', -1), floor('g', 0), floor('m', 0.5), floor('1', 1), floor('?', null)]
const reading = { gap_m: 1.2, levels: {} } as Reading

describe('level 0 of a file', () => {
  it('is asked about until somebody answers', () => {
    expect(levelZero(reading, { floors, missing: ['levels'] })?.key).toBe('g')
    expect(levelZero({ ...reading, levels: { g: 0 } }, { floors, missing: ['levels'] })).toBeNull()
    expect(levelZero(reading, { floors, missing: ['placement'] })).toBeNull()
  })

  it('moves up with all above it where it is the ground floor, and basements stay', () => {
    expect(withGround(reading, floors, true).levels).toEqual({ g: 1, m: 1.5, 1: 2 })
  })

  it('stays by itself where it is not, with what was said of others', () => {
    expect(withGround({ ...reading, levels: { '?': 5 } }, floors, false).levels).toEqual({ '?': 5, g: 0 })
  })
})
