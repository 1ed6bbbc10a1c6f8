import { describe, expect, it } from 'vitest'
import type { Entitlement, Norm } from '@/api/norms'
import { comparedPart, concerning, entitlementSums, fromPercent, inSection, outOfRange, overSeen, pathUp, replaced, versionState, within, writtenFigure } from './norms'

const PLACES = [
  { code: '330000', parent_code: null },
  { code: '330200', parent_code: '330000' },
  { code: '330203', parent_code: '330200' },
  { code: '330100', parent_code: '330000' },
]

const norm = (id: number, more: Partial<Norm>): Norm => ({
  id, kind: 'office_ceiling', level: 'city', rank_code: 'city_staff', jurisdiction_code: null, valid_from: '2014-11-24', valid_until: null, ...more,
} as Norm)

describe('a figure', () => {
  it('is written in per cent where it is a ratio', () => {
    expect(writtenFigure(0.09, 'ratio')).toBe('9%')
    expect(writtenFigure(3.7, 'gross_m2_per_person')).toBe('3.7')
  })
  it('that was written in per cent is kept as a ratio without noise', () => {
    expect(fromPercent(7)).toBe(0.07)
  })
})

describe('a version', () => {
  it('holds from its first day and no more on the day it ends', () => {
    const one = { valid_from: '2026-01-01', valid_until: '2026-02-01' }
    expect(versionState(one, '2025-12-31')).toBe('future')
    expect(versionState(one, '2026-01-01')).toBe('now')
    expect(versionState(one, '2026-01-31')).toBe('now')
    expect(versionState(one, '2026-02-01')).toBe('past')
  })
  it('replaces the one of its own place, else what holds from above', () => {
    const [country, city] = [norm(1, {}), norm(2, { jurisdiction_code: '330200', valid_until: '2027-01-01' })]
    const wanted = norm(0, { jurisdiction_code: '330200' })
    expect(replaced([country, city], wanted, '2026-06-01', PLACES)).toEqual({ own: city, above: country })
    expect(replaced([country, city], wanted, '2027-01-01', PLACES)).toEqual({ own: null, above: country })
    expect(replaced([country, city], norm(0, { jurisdiction_code: '330203' }), '2026-06-01', PLACES)).toEqual({ own: null, above: city })
    expect(replaced([country], norm(0, { rank_code: 'city_chief' }), '2026-06-01', PLACES)).toEqual({ own: null, above: null })
  })
})

describe('places', () => {
  it('lead up to the uppermost', () => {
    expect(pathUp('330203', PLACES)).toEqual(['330203', '330200', '330000'])
  })
  it('lie within their root', () => {
    expect(within(['330200'], PLACES).map((one) => one.code)).toEqual(['330200', '330203'])
  })
  it('are concerned by figures above and below them', () => {
    const rows = [norm(1, {}), norm(2, { jurisdiction_code: '330203' }), norm(3, { jurisdiction_code: '330100' })]
    expect(concerning(rows, '330200', PLACES).map((one) => one.id)).toEqual([1, 2])
    expect(concerning(rows, null, PLACES)).toHaveLength(3)
  })
})

it('a section is read by level, and the country stands before those below it', () => {
  const rows = [
    norm(1, { kind: 'office_ceiling_bound', level: 'township', rank_code: null }), norm(2, { kind: 'private_toilet', level: null, rank_code: null }),
    norm(3, { level: 'county', rank_code: 'county_staff' }), norm(4, {}), norm(5, { jurisdiction_code: '330200' }), norm(6, { kind: 'guard', level: null, rank_code: null }),
  ]
  expect(inSection(rows, 'offices').map((one) => one.id)).toEqual([4, 5, 3, 1, 2])
})

describe('what agencies have', () => {
  const agency = (approved: number | null, used: number, over: number | null): Entitlement =>
    ({ posts: 10, compared: [{ part: 'basic', approved_m2: approved, used_m2: used, over_m2: over, over_rate: null, by_hand: false }] } as unknown as Entitlement)

  it('adds up to the hundredth', () => {
    const sums = entitlementSums([agency(0.1, 0.3, 0.2), agency(0.2, 0.1, 0), agency(null, 5, null)])
    expect(sums).toEqual({ agencies: 3, over: 1, posts: 30, approvedM2: 0.3, usedM2: 5.4, overM2: 0.2, unknown: 1 })
  })
  it('is nothing where a part is not listed', () => {
    expect(comparedPart(agency(1, 1, 0), 'office')).toMatchObject({ approved_m2: null, used_m2: 0 })
  })
  it('is not said to be within where no use is seen', () => {
    expect(overSeen({ used_m2: 0, over_m2: 0, over_rate: 0 })).toEqual({ m2: null, rate: null })
    expect(overSeen({ used_m2: 5, over_m2: 0, over_rate: 0 })).toEqual({ m2: 0, rate: 0 })
  })
  it('takes figures from the least to the most, and none that is not filled in', () => {
    expect([-5, 0, 1e6, 1e6 + 1, null].map((value) => outOfRange('figure', value))).toEqual([true, true, false, true, false])
    expect(outOfRange('upto', 0)).toBe(true)
  })
})
