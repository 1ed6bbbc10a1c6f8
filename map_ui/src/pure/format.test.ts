import { describe, expect, it } from 'vitest'
import { DASH, formatArea, formatCount, formatDistance, formatPercent, formatSome, isoDay, lastDay } from './format'

describe('figures', () => {
  it('areas have thousands separators and two decimals', () => {
    expect(formatArea(1234567.891)).toBe('1,234,567.89')
    expect(formatArea(9)).toBe('9.00')
  })
  it('an area of zero is a figure, a missing one is a dash', () => {
    expect(formatArea(0)).toBe('0.00')
    expect(formatArea(null)).toBe(DASH)
    expect(formatArea(Number.NaN)).toBe(DASH)
  })
  it('counts have thousands separators', () => {
    expect(formatCount(6012)).toBe('6,012')
    expect(formatCount(undefined)).toBe(DASH)
  })
  it('shares become percentages', () => {
    expect(formatPercent(0.6667)).toBe('66.7%')
  })
  it('a share above nothing is never written as nothing', () => {
    expect(formatPercent(0.0002)).toBe('<0.1%') // 0.54 of 2,583.34
    expect(formatPercent(0.0005)).toBe('0.1%')
    expect(formatPercent(0)).toBe('0.0%')
  })
  it('no area of a category is a dash, as is an unknown one', () => {
    expect([0, null, undefined, 0.01].map(formatSome)).toEqual([DASH, DASH, DASH, '0.01'])
  })
  it('distances are whole metres', () => {
    expect(formatDistance(1999.6)).toBe('2,000')
  })
  it('days are written as the API writes them', () => {
    expect(isoDay(new Date(2026, 2, 1, 23, 30))).toBe('2026-03-01')
  })
})

describe('the last day of a period', () => {
  it.each([
    ['2025-03-16', '2025-03-15'],
    ['2025-04-01', '2025-03-31'],
    ['2025-05-01', '2025-04-30'],
    ['2026-01-01', '2025-12-31'],
  ])('is the day before %s', (end, last) => {
    expect(lastDay(end)).toBe(last)
  })
  it.each([
    ['2024-03-01', '2024-02-29'],
    ['2025-03-01', '2025-02-28'],
    ['2000-03-01', '2000-02-29'],
    ['2100-03-01', '2100-02-28'],
  ])('of February knows leap years: before %s', (end, last) => {
    expect(lastDay(end)).toBe(last)
  })
})
