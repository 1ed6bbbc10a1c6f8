// What is typed as a day or a number: taken as it stands or not at all, never as something near it.

const DAY = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const [FIRST_YEAR, LAST_YEAR] = [1900, 2199]

/** The ISO day that a text names; null where there is no such day, or none that this system is about. */
export function dayIn(text: string): string | null {
  const [, year = '', month = '', day = ''] = DAY.exec(text.trim()) ?? []
  const iso = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
  const at = new Date(`${iso}T00:00:00Z`)
  // A day past the end of its month is carried over into the next.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) return null
  return Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR ? iso : null
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/

/** The number that a text is; null where it is none. */
export function numberIn(text: string): number | null {
  const plain = text.trim()
  return NUMBER.test(plain) ? Number(plain) : null
}

export interface Limits {
  least?: number | undefined
  most?: number | undefined
  /** Most decimal places; 0 asks for whole numbers. */
  digits?: number | undefined
}
export type NumberFault = 'notNumber' | 'whole' | 'digits' | 'tooSmall' | 'tooLarge' | 'outside'

/** What is wrong with a text as a number within limits; null where nothing is, or nothing was typed. */
export function numberFault(text: string, { least, most, digits }: Limits): NumberFault | null {
  if (text.trim() === '') return null
  const value = numberIn(text)
  if (value === null) return 'notNumber'
  const [low, high] = [least !== undefined && value < least, most !== undefined && value > most]
  if (low || high) return least !== undefined && most !== undefined ? 'outside' : low ? 'tooSmall' : 'tooLarge'
  const places = (text.trim().split('.')[1] ?? '').replace(/0+$/, '').length
  if (digits === undefined || places <= digits) return null
  return digits === 0 ? 'whole' : 'digits'
}
