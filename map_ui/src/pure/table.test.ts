import { describe, expect, it } from 'vitest'
import { grouped } from './search'
import { nextOrder, sorted } from './table'

interface Row { name: string | null; area: number | null }
const cell = (row: Row, key: string): string | number | null => (key === 'name' ? row.name : row.area)
const rows: Row[] = [
  { name: '302', area: 9 },
  { name: null, area: 100 },
  { name: '1201', area: null },
]

describe('a table', () => {
  it('sorts areas by size, not by their digits', () => {
    expect(sorted(rows, { key: 'area', descending: false }, cell, 'zh-CN').map((row) => row.area)).toEqual([9, 100, null])
  })
  it('keeps missing values last in both directions', () => {
    expect(sorted(rows, { key: 'area', descending: true }, cell, 'zh-CN').map((row) => row.area)).toEqual([100, 9, null])
  })
  it('sorts room numbers as numbers', () => {
    expect(sorted(rows, { key: 'name', descending: false }, cell, 'zh-CN').map((row) => row.name)).toEqual(['302', '1201', null])
  })
  it('comes back to its own order with the third click', () => {
    const first = nextOrder(null, 'area', true)
    const second = nextOrder(first, 'area', true)
    expect([first?.descending, second?.descending, nextOrder(second, 'area', true)]).toEqual([true, false, null])
  })
})

describe('suggestions', () => {
  it('stand together by kind, the kind of the best one first', () => {
    const item = (kind: 'room' | 'agency', id: number) =>
      ({ kind, id, label: '', detail: '', location: null, bbox: null, building_id: null, level: null, ended: null })
    const groups = grouped([item('room', 1), item('agency', 2), item('room', 3)])
    expect(groups.map((group) => [group.kind, group.items.map((found) => found.id)])).toEqual([
      ['room', [1, 3]],
      ['agency', [2]],
    ])
  })
})
