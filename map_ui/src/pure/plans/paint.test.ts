import { describe, expect, it } from 'vitest'
import type { Change, Drawing } from '@/api/plans'
import { NO_VALUE, colourOf } from '../legend'
import { changeFills, changesOf } from './paint'

const change = (kind: Change['kind'], ...keys: string[]): Change => ({ kind, before: [], after: keys.map((key) => ({ key })), loses: [] }) as unknown as Change

describe('a drawing coloured by what import changes', () => {
  const changes = changesOf([change('kept', '101'), change('split', '102', '102A'), change('removed')])
  it('has all pieces of a split room in one colour, and one colour for each kind', () => {
    const drawing = { rooms: [{ key: '101' }, { key: '102' }, { key: '102A' }] } as unknown as Drawing
    const fills = changeFills(drawing, changes)
    expect(fills.get('102')).toBe(fills.get('102A'))
    expect([fills.get('101'), fills.get('102')]).toEqual([colourOf('change', 'kept'), colourOf('change', 'split')])
    expect(new Set(['kept', 'changed', 'added', 'split', 'merged'].map((kind) => colourOf('change', kind))).size).toBe(5)
  })
  it('says of a room that no change names that nothing is known', () => {
    expect(changeFills({ rooms: [{ key: '9' }] } as unknown as Drawing, changes).get('9')).toBe(NO_VALUE)
  })
})
