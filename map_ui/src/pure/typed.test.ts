import { describe, expect, it } from 'vitest'
import { dayIn, numberFault, numberIn } from './typed'

describe('a day that is typed', () => {
  it('is taken where there is such a day', () => {
    expect(['2026-02-28', '2024-02-29', ' 2026-1-5 ', '2026/12/31', '1900-01-01', '2199-12-31'].map(dayIn))
      .toEqual(['2026-02-28', '2024-02-29', '2026-01-05', '2026-12-31', '1900-01-01', '2199-12-31'])
  })

  it('is no day where another one would have to be put in its place', () => {
    expect(['2026-02-30', '2025-02-29', '2025-13-01', '2025-00-10', '2025-01-00', '0001-01-01', '1899-12-31', '2200-01-01', 'abc', '2026', '20260101', ''].map(dayIn))
      .toEqual(Array(12).fill(null))
  })
})

describe('a number that is typed', () => {
  it('is read as it stands', () => {
    expect(['1200.5', '-100', '.5', ' 7 ', '1e3', 'abc', '', '1,200'].map(numberIn)).toEqual([1200.5, -100, 0.5, 7, null, null, null, null])
  })

  it('is faulty outside its limits', () => {
    const area = { least: 0, most: 1e8, digits: 2 }
    expect(['-100', '999999999999', '1200.555', '1200.55', '1200.500', '0', '100000000', '', 'x'].map((text) => numberFault(text, area)))
      .toEqual(['outside', 'outside', 'digits', null, null, null, null, null, 'notNumber'])
  })

  it('is faulty below a least or above a most alone', () => {
    expect([numberFault('-1', { least: 0 }), numberFault('1', { least: 0 }), numberFault('8', { most: 7 })]).toEqual(['tooSmall', null, 'tooLarge'])
  })

  it('has to be whole where it counts something', () => {
    expect([numberFault('2.5', { digits: 0 }), numberFault('2.0', { digits: 0 }), numberFault('2', { digits: 0 })]).toEqual(['whole', null, null])
  })
})
