import { describe, expect, it } from 'vitest'
import { floorName, levelName, liftOrder, nearestLevel } from './levels'

describe('floor levels', () => {
  it('are named as on a lift', () => {
    expect([3, 1, 0, -1, -2, 1.5].map(levelName)).toEqual(['3F', '1F', '0F', 'B1', 'B2', '1.5F'])
  })
  it('keep a name of their own in both languages, but not a Chinese number in English', () => {
    expect(['三层', '地下一层', '12层'].map((name) => floorName(name, 'en'))).toEqual([null, null, null])
    expect(floorName('设备层', 'en')).toBe('设备层')
    expect(floorName('三层', 'zh-CN')).toBe('三层')
  })
  it('stand highest on top, each once', () => {
    expect(liftOrder([1, 3, -1, 3, 2])).toEqual([3, 2, 1, -1])
  })
  it('stay as wanted when the building has that level', () => {
    expect(nearestLevel([1, 2, 3], 2)).toBe(2)
  })
  it('fall back to the ground floor', () => {
    expect(nearestLevel([-1, 1, 2], 9)).toBe(1)
  })
  it('fall back to the level nearest to the ground when there is no ground floor', () => {
    expect(nearestLevel([-2, 4, 5], 9)).toBe(-2)
    expect(nearestLevel([], 9)).toBe(9)
  })
})
