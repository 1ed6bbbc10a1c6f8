// Moments and days as text, where the reader is.
const two = (part: number): string => String(part).padStart(2, '0')

/** Day of a moment, as 2026-01-31. */
export function dayOf(iso: string): string {
  const at = new Date(iso)
  return [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
}

/** Day and time to the second. */
export function momentOf(iso: string): string {
  const at = new Date(iso)
  return `${dayOf(iso)} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`
}

/** Today, as 2026-01-31. */
export const today = (): string => dayOf(new Date().toISOString())

/** First moment of a day, and of the day after it: what lies between them happened on that day. */
export const beginOf = (day: string): string => `${day}T00:00:00`
export function endOf(day: string): string {
  const next = new Date(`${day}T12:00:00`)
  next.setDate(next.getDate() + 1)
  return beginOf(dayOf(next.toISOString()))
}
