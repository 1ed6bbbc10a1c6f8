import { describe, expect, it } from 'vitest'
import { detailUrl, exportUrl, tileUrl, withQuery } from './urls'

describe('addresses', () => {
  it('leave out what is not asked for, and keep zero', () => {
    expect(withQuery('/x', { a: null, b: '', c: 0, d: undefined, e: false })).toBe('/x?c=0&e=false')
    expect(withQuery('/x', { a: null })).toBe('/x')
  })
  it('keep the placeholders of tiles', () => {
    expect(tileUrl('rooms', { level: -1, as_of: null }, 'http://here')).toBe('http://here/tiles/rooms/{z}/{x}/{y}.mvt?level=-1')
  })
  it('name objects by the collection they are in', () => {
    expect(detailUrl('agency', '7', '2026-01-01')).toBe('/api/v1/agencies/7?as_of=2026-01-01')
  })
  it('export every row, wherever the list has been read to', () => {
    expect(exportUrl('idle', { limit: 50, cursor: 'x', min_days: 30 }, 'xlsx')).toBe(
      '/api/v1/reports/idle?min_days=30&format=xlsx',
    )
  })
})
