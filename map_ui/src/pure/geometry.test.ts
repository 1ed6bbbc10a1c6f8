import { describe, expect, it } from 'vitest'
import { bboxOf, joined, overlaps } from './geometry'

describe('boxes', () => {
  it('hold every corner of every shape', () => {
    expect(
      bboxOf([
        { type: 'Point', coordinates: [5, 6] },
        { type: 'MultiPolygon', coordinates: [[[[0, 0], [2, 0], [2, 3], [0, 0]]]] },
      ]),
    ).toEqual([0, 0, 5, 6])
  })
  it('of nothing are no box', () => {
    expect(bboxOf([])).toBeNull()
  })
  it('are joined to the box around both', () => {
    expect(joined([0, 0, 1, 1], [-1, 0.5, 0.5, 4])).toEqual([-1, 0, 1, 4])
  })
})

describe('two boxes', () => {
  it('overlap when they share a point', () => {
    expect(overlaps([0, 0, 2, 2], [2, 2, 3, 3])).toBe(true)
    expect(overlaps([0, 0, 2, 2], [3, 0, 4, 2])).toBe(false)
    expect(overlaps([0, 0, 2, 2], [0, 3, 2, 4])).toBe(false)
  })
})
