import { describe, expect, it } from 'vitest'
import { deedOf, legible } from './history'
import type { TrailEntry, Values } from '@/api/access'

const entry = (kind: string, before: Values | null, after: Values | null): TrailEntry => ({
  id: 1, happened_at: '', actor: 'li', account_id: 1, address: null, via: 'web', action: before ? 'update' : 'insert',
  object_kind: kind, object_id: 1, object_name: null, jurisdiction_code: null, before, after, names: {}, reason: null, batch_id: null,
}) as TrailEntry

describe('the history of a plan', () => {
  it('names each step', () => {
    expect(deedOf(entry('plan', null, { file_name: 'a.dxf' }))).toBe('uploaded')
    expect(deedOf(entry('plan', { reading: {}, placement: {} }, { reading: { unit: 'm' }, placement: null }))).toBe('read')
    expect(deedOf(entry('plan', { repairs: [] }, { repairs: ['a'] }))).toBe('repaired')
    expect(deedOf(entry('plan', { placement: null }, { placement: { method: 'crs' } }))).toBe('placed')
    expect(deedOf(entry('plan', { placement: { method: 'crs' } }, { placement: { method: 'crs', agreed: { by: 'li' } } }))).toBe('agreed')
    expect(deedOf(entry('plan', { status: 'draft' }, { status: 'imported' }))).toBe('imported')
    expect(deedOf(entry('area_audit', { status: 'draft' }, { status: 'accepted', number: 'N' }))).toBe('concluded')
    expect(deedOf(entry('area_audit_line', { decision: 'open' }, { decision: 'rejected' }))).toBe('lineRejected')
    expect(deedOf(entry('room', { number: '1' }, { number: '2' }))).toBeNull()
  })
  it('tells of a reading what was chosen otherwise and nothing else', () => {
    const before = { revision: 1, reading: { unit: null, gap_m: 1.2, layers: { W: ['wall'], T: ['text'] }, levels: {} } }
    const after = { revision: 2, reading: { unit: 'ft', gap_m: 1.2, layers: { W: ['room', 'wall'], T: ['text'] }, levels: { a: 3 } } }
    const { before: was, after: is } = legible(entry('plan', before, after))
    expect(was).toEqual({ reading_unit: null, reading_layers: ['W: wall'], reading_levels: [] })
    expect(is).toEqual({ reading_unit: 'ft', reading_layers: ['W: room+wall'], reading_levels: ['a: 3'] })
  })
  it('tells of a placement its method, points and how well they fit', () => {
    const placement = { method: 'affine', matrix: [1, 0, 0, 1, 0, 0], rms_m: 0.01234, points: [{}, {}, {}] }
    expect(legible(entry('plan', { placement: null }, { placement })).after).toEqual({ placement_method: 'affine', placement_points: 3, placement_rms_m: '0.012' })
  })
  it('leaves entries about other things as they are', () => {
    const other = entry('room', { number: '1' }, { number: '2' })
    expect(legible(other)).toBe(other)
  })
})
