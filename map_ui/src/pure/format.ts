// How numbers, areas and dates are written: thousands separated, areas with two decimals.

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const twoDecimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const asItIs = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

export const DASH = '—'

type Figure = number | null | undefined

const isFigure = (value: Figure): value is number => typeof value === 'number' && Number.isFinite(value)

export function formatCount(value: Figure): string {
  return isFigure(value) ? whole.format(value) : DASH
}

/** A figure that may be of any size: thousands separated, no more decimals than it has. */
export function formatFigure(value: Figure): string {
  return isFigure(value) ? asItIs.format(value) : DASH
}

/** An area in m², without its unit: the unit stands in the heading or is set beside it. */
export function formatArea(areaM2: Figure): string {
  return isFigure(areaM2) ? twoDecimals.format(areaM2) : DASH
}

/** An area of which there may be nothing: none is a dash, as what is unknown is. */
export function formatSome(areaM2: Figure): string {
  return areaM2 ? formatArea(areaM2) : DASH
}

/** A difference of areas in m², with its sign; what rounds to nothing has none. */
export function formatDifference(differenceM2: Figure): string {
  if (!isFigure(differenceM2)) return DASH
  const rounded = Math.round(differenceM2 * 100) / 100
  return rounded > 0 ? `+${formatArea(rounded)}` : formatArea(rounded === 0 ? 0 : rounded)
}

/** A share between 0 and 1 as a percentage with one decimal; what is more than nothing is never written as 0. */
export function formatPercent(share: Figure): string {
  if (isFigure(share) && share > 0 && share < 0.0005) return '<0.1%'
  return isFigure(share) ? `${oneDecimal.format(share * 100)}%` : DASH
}

/** A distance in metres: whole metres, since nobody reads millimetres off a list. */
export function formatDistance(metres: Figure): string {
  return isFigure(metres) ? whole.format(metres) : DASH
}

/** A calendar day of this computer's clock as the API writes it: 2026-03-01. */
export function isoDay(day: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The last day of a period, from the day after it, on which the API says that it ends: 2025-04-01 gives 2025-03-31. */
export function lastDay(end: string): string {
  const day = new Date(`${end}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}

/** The day after the last of a period, as the API has its end: 2025-03-31 gives 2025-04-01. */
export function dayAfter(last: string): string {
  const day = new Date(`${last}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}
