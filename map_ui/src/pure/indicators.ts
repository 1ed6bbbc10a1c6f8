// How indicators are written, coloured and drawn; options of charts are data for ECharts.
import type { Indicator, IndicatorAbout, IndicatorPart, IndicatorUnit } from '@/api/indicators'
import { DASH, formatArea, formatCount } from './format'
import { colourOf, NO_VALUE, type LegendGroup } from './legend'

type Figure = number | null | undefined

const twoDecimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** A value in its unit, which is set beside it: shares as percent with one decimal. */
export function formatValue(value: Figure, unit: IndicatorUnit): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH
  switch (unit) {
    case 'share':
      return (value * 100).toFixed(1)
    case 'count':
    case 'persons':
      return formatCount(value)
    case 'm2_per_person':
      return twoDecimals.format(value)
    default:
      return formatArea(value)
  }
}

/** A large value as leaders read it: areas of a tile without hundredths. */
export function formatShort(value: Figure, unit: IndicatorUnit): string {
  return unit === 'm2' || unit === 'yuan' ? formatCount(value) : formatValue(value, unit)
}

/** A change with its sign; of shares in percentage points. */
export function formatChange(change: Figure, unit: IndicatorUnit): string {
  if (typeof change !== 'number' || !Number.isFinite(change)) return DASH
  const shown = formatShort(Math.abs(change), unit)
  const nothing = /^[0.,]+$/.test(shown)
  return nothing ? '0' : `${change > 0 ? '+' : '−'}${shown}`
}

export type Verdict = 'good' | 'bad' | 'none'

/** Whether a change is for the better. */
export function verdictOf({ change, unit, better }: Pick<Indicator, 'change' | 'unit' | 'better'>): Verdict {
  if (better === 'neither' || formatChange(change, unit) === '0' || change === null) return 'none'
  return change > 0 === (better === 'more') ? 'good' : 'bad'
}

/** Whether parts are told by how much of the whole each is, rather than by what of each counts. */
export function partsOfWhole({ parts_by, key }: Pick<IndicatorAbout, 'parts_by' | 'key'>): boolean {
  return parts_by === 'title' || parts_by === 'band' || parts_by === 'audit' || key === 'zone_agencies_rate' || (parts_by === 'tenure' && key === 'leased_area')
}

/** What a part weighs in the composition. */
export function weightOf(about: Pick<IndicatorAbout, 'parts_by' | 'key'>, part: IndicatorPart): number {
  return partsOfWhole(about) ? part.denominator : part.numerator
}

const LEGENDS: Partial<Record<IndicatorAbout['parts_by'], LegendGroup>> = { title: 'title_state', tenure: 'tenure', band: 'coverage', category: 'category' }
const LEVELS: Record<string, string> = { central: '#5b4b8a', province: '#3f6fb0', city: '#3b8fc4', county: '#3aa389', township: '#a9b86a' }
const AUDITS: Record<string, string> = { audited: '#2f8f5b', unaudited: '#d9a400' }
const RULES = ['#c8553d', '#d9a400', '#3b7dd8', '#8a6fc0', '#3aa389', '#b5547a', '#58a4b0', '#c98a2b', '#6a5acd', '#7a8794']
const ZONES = ['#1f6f8b', '#3b8fc4', '#58a4b0', '#8a6fc0', '#c98a2b', '#3aa389', '#b5547a']

/** Colour of a part: that of the map's legend where the map knows it. */
export function partColour(by: IndicatorAbout['parts_by'], key: string, position: number): string {
  const group = LEGENDS[by]
  if (group) return colourOf(group, key)
  if (by === 'level') return LEVELS[key] ?? NO_VALUE
  if (by === 'audit') return AUDITS[key] ?? NO_VALUE
  if (by === 'rule') return RULES[position % RULES.length] ?? NO_VALUE
  return key === 'none' || key === 'unknown' ? NO_VALUE : (ZONES[position % ZONES.length] ?? NO_VALUE)
}
