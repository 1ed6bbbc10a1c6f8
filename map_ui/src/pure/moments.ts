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
