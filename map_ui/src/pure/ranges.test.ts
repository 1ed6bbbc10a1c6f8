import { describe, expect, it } from 'vitest'
import { isReversed } from './ranges'

describe('a range from the least to the most', () => {
  it('is reversed when the least is above the most', () => {
    expect(isReversed(50, 20)).toBe(true)
  })
  it('may be a single value', () => {
    expect(isReversed(20, 20)).toBe(false)
  })
  it('may be open at either end', () => {
    expect([isReversed(null, 20), isReversed(20, null), isReversed(null, null)]).toEqual([false, false, false])
  })
  it('knows zero from nothing', () => {
    expect(isReversed(5, 0)).toBe(true)
  })
})
