import { describe, expect, it } from 'vitest'
import type { IndicatorSeries } from '@/api/indicators'
import { placesOption, trendOption, type Inks } from './indicatorCharts'
import { formatChange, formatShort, formatValue, partColour, partsOfWhole, verdictOf, weightOf } from './indicators'

const INKS: Inks = { ink: '#111', soft: '#222', line: '#333', accent: '#444', ground: '#fff', font: 'x' }

describe('an indicator in words', () => {
  it('writes shares as percent, areas with hundredths and counts whole', () => {
    expect(formatValue(0.75, 'share')).toBe('75.0')
    expect(formatValue(398000, 'm2')).toBe('398,000.00')
    expect(formatShort(398000.4, 'm2')).toBe('398,000')
    expect(formatValue(13, 'count')).toBe('13')
    expect(formatValue(15.256, 'm2_per_person')).toBe('15.26')
    expect(formatValue(null, 'share')).toBe('—')
  })
  it('gives a change its sign, and none to what rounds to nothing', () => {
    expect(formatChange(0.0123, 'share')).toBe('+1.2')
    expect(formatChange(-20, 'count')).toBe('−20')
    expect(formatChange(-0.0001, 'share')).toBe('0')
    expect(formatChange(null, 'share')).toBe('—')
  })
  it('knows which way is good', () => {
    expect(verdictOf({ change: 0.1, unit: 'share', better: 'more' })).toBe('good')
    expect(verdictOf({ change: 0.1, unit: 'share', better: 'less' })).toBe('bad')
    expect(verdictOf({ change: -5, unit: 'm2', better: 'less' })).toBe('good')
    expect(verdictOf({ change: 3, unit: 'm2_per_person', better: 'neither' })).toBe('none')
    expect(verdictOf({ change: 0, unit: 'share', better: 'more' })).toBe('none')
  })
})

describe('the parts of an indicator', () => {
  const part = { key: 'office', label: { zh: '', en: '' }, numerator: 10, denominator: 80 }
  it('weigh by the whole where they divide it, else by what counts', () => {
    expect(weightOf({ parts_by: 'band', key: 'radius_area_rate' }, part)).toBe(80)
    expect(weightOf({ parts_by: 'category', key: 'idle_rate' }, part)).toBe(10)
    expect(partsOfWhole({ parts_by: 'tenure', key: 'leased_cost' })).toBe(false)
  })
  it('have the colours of the map where it knows them', () => {
    expect(partColour('category', 'office', 0)).toBe('#3b7dd8')
    expect(partColour('zone', 'none', 2)).toBe(partColour('zone', 'unknown', 0))
    expect(partColour('zone', '4', 0)).not.toBe(partColour('zone', '5', 1))
  })
})

describe('the charts', () => {
  const value = { numerator: 1, denominator: 4, known: 1, of: 1, coverage: 1 }
  it('draw shares as percent and leave gaps where there is nothing to divide by', () => {
    const points: IndicatorSeries['points'] = [
      { ...value, as_of: '2024-12-31', value: null },
      { ...value, as_of: '2025-12-31', value: 0.25 },
    ]
    const option = trendOption({ points }, { unit: 'share' }, '%', INKS) as { series: { data: unknown[] }[] }
    expect(option.series[0]?.data).toEqual([['2024-12-31', null], ['2025-12-31', 25]])
  })
  it('name the ends of years and the last day on an axis that begins at nothing', () => {
    const points = ['2024-12-31', '2025-10-31', '2025-12-31', '2026-01-31'].map((day) => ({ ...value, as_of: day, value: 93 }))
    const { xAxis, yAxis } = trendOption({ points }, { unit: 'm2' }, '㎡', INKS) as { xAxis: { axisLabel: { customValues: number[] } }; yAxis: { scale?: boolean } }
    expect(xAxis.axisLabel.customValues).toEqual([new Date(2024, 11, 31), new Date(2025, 11, 31), new Date(2026, 0, 31)].map(Number))
    expect(yAxis.scale).toBeUndefined()
  })
  it('say beside a bar what it leaves out', () => {
    const rows = [{ ...value, value: 0.8, code: '330213', name: '奉化区', name_en: null, alone: false }]
    const option = placesOption(rows, ['奉化区'], { unit: 'share' }, '%', INKS, ['缺 1/5']) as { series: { label: { formatter: (bar: { dataIndex: number }) => string } }[] }
    expect(option.series[0]?.label.formatter({ dataIndex: 0 })).toBe('80.0 · 缺 1/5')
  })
  it('draw one bar a jurisdiction', () => {
    const rows = [{ ...value, value: 12, code: '330203', name: '海曙区', name_en: null, alone: false }]
    const option = placesOption(rows, ['海曙区'], { unit: 'm2' }, '㎡', INKS) as { series: { data: unknown[] }[] }
    expect(option.series[0]?.data).toEqual([12])
  })
})
