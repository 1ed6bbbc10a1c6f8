import { describe, expect, it } from 'vitest'
import type { AgencyCosts } from '@/api/costs'
import { costRows, costSums, dayRefused, sameRate, stateOn, type RateScope } from './costs'

const figures = { per_usable_m2: 400, level_yuan_m2: 350, over_yuan_m2: 50, over_rate: 0.14, standing: 'over', rates_complete: true, complete: true }
const agency = (id: number, yuan: number | null, more: object = {}): object => ({
  ...figures, agency: { id, name: `${id}`, level: 'city' }, posts: 1, area_m2: 100, rooms_without_area: 0, yuan, over_yuan: yuan === null ? null : yuan / 8, ...more,
})
const building = (id: number, gross: number | null, more: object = {}): object => ({
  ...figures, building: { id, name: `${id}` }, gross_m2: gross, yuan: gross === null ? null : gross * 256, complete: gross !== null, ...more,
})
const report = (...items: object[]): AgencyCosts => ({ items }) as unknown as AgencyCosts
const scope = (more: Partial<RateScope> = {}): RateScope => ({ kind: 'upkeep', jurisdiction_code: null, building_id: null, structure: null, has_lift: null, ...more })

describe('costs', () => {
  it('adds up what is known and counts what is above', () => {
    const rows = costRows(report(agency(1, 800), agency(2, null), agency(3, 400, { standing: 'within', over_yuan: 0 })))
    expect(costSums(rows)).toMatchObject({ over: 2, yuan: 1200, overYuan: 100, complete: true }) // 800 + 400; 800 ÷ 8 + 0
  })
  it('says how many buildings without floor area or rates a sum leaves out', () => {
    const rows = costRows(report(building(1, 1000), building(2, null), building(3, 10, { rates_complete: false, complete: false })))
    expect(costSums(rows)).toMatchObject({ yuan: 258_560, complete: false, withoutRate: 1, withoutFloorArea: 1, roomsWithoutArea: 0 }) // 1010 × 256
    expect(costSums(costRows(report(building(2, null))))).toMatchObject({ yuan: null, complete: false })
  })
  it('says how many rooms without area a sum leaves out', () => {
    const rows = costRows(report(agency(1, 800, { rooms_without_area: 10, complete: false }), agency(2, 0, { rooms_without_area: 2, complete: false })))
    expect(costSums(rows)).toMatchObject({ yuan: 800, complete: false, withoutRate: 0, withoutFloorArea: 0, roomsWithoutArea: 12 })
  })
  it('knows versions of a rate by kind and scope', () => {
    expect(sameRate(scope(), scope())).toBe(true)
    expect(sameRate(scope(), scope({ has_lift: true }))).toBe(false)
    expect(sameRate(scope({ building_id: 7 }), scope({ building_id: 7, jurisdiction_code: '330200' }))).toBe(true)
  })
  it('tells whether a version holds on a day; the end is the first day without it', () => {
    const version = { valid_from: '2026-01-01', valid_until: '2026-02-01' }
    expect(['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'].map((day) => stateOn(version, day))).toEqual(['future', 'now', 'now', 'past'])
  })

  it('refuses a first day that another version has passed, naming the last of these, and one that would change the past', () => {
    const versions = [{ valid_from: '2021-07-01', valid_until: '2023-01-01' }, { valid_from: '2023-01-01', valid_until: null }]
    expect(dayRefused(versions, '2020-01-01', '2026-11-22')).toEqual({ begins: '2023-01-01' })
    expect(dayRefused(versions, '2026-11-21', '2026-11-22')).toBe('past')
    expect(dayRefused(versions, '2026-11-22', '2026-11-22')).toBeNull()
    expect(dayRefused([], '2020-01-01', '2026-11-22')).toBeNull()
  })
})
