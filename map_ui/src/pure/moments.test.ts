import { describe, expect, it } from 'vitest'
import { beginOf, dayOf, endOf, momentOf } from './moments'

describe('days and moments', () => {
  it('are written where the reader is', () => {
    expect(dayOf('2026-03-04T12:00:00')).toBe('2026-03-04')
    expect(momentOf('2026-03-04T05:06:07')).toBe('2026-03-04 05:06:07')
  })
  it('let a day last until the next one begins', () => {
    expect([beginOf('2026-12-31'), endOf('2026-12-31')]).toEqual(['2026-12-31T00:00:00', '2027-01-01T00:00:00'])
  })
})
