import { describe, expect, it } from 'vitest'
import { changesOf, csvOf, plain } from './changes'

describe('what an entry changed', () => {
  it('is only what differs', () => {
    expect(changesOf({ name: '旧', code: 'A' }, { name: '新', code: 'A' })).toEqual([{ column: 'name', before: '旧', after: '新' }])
  })
  it('is everything there was when a row went, and everything there is when one came', () => {
    expect(changesOf({ id: 3, name: '甲' }, null)).toEqual([{ column: 'name', before: '甲', after: null }])
    expect(changesOf(null, { id: 3, name: '甲' })).toEqual([{ column: 'name', before: null, after: '甲' }])
  })
  it('tells false from nothing', () => {
    expect(changesOf({ cleared: false }, { cleared: true })).toEqual([{ column: 'cleared', before: false, after: true }])
    expect(plain(false)).toBe('false')
    expect(plain('')).toBeNull()
  })
})

describe('a file of entries', () => {
  it('quotes what would break a line', () => {
    expect(csvOf([['a,b', 'say "x"', 1, null]])).toBe('\uFEFF"a,b","say ""x""",1,\r\n')
  })
  it('lets no name become a formula', () => {
    expect(csvOf([['=1+1', '@x', '-2', -2]])).toBe("\uFEFF'=1+1,'@x,'-2,-2\r\n")
  })
})
