import { describe, expect, it } from 'vitest'
import { withQuery } from '@/api/urls'
import { emptySpace, mistakeIn, spaceQuery } from './spaces'

describe('looking for space', () => {
  it('asks for nothing but rooms at first', () => {
    expect(withQuery('/x', spaceQuery(emptySpace()))).toBe('/x?rooms=1')
  })
  it('asks for twelve rooms with 300 m² within two kilometres of an agency', () => {
    const wish = { ...emptySpace(), rooms: 12, total: { from: 300, to: null }, near: 'agency' as const, agency: 7 }
    expect(withQuery('/x', spaceQuery(wish))).toBe('/x?rooms=12&min_area_m2=300&near_agency_id=7&radius_m=2000')
  })
  it('names each safety grade', () => {
    expect(withQuery('/x', spaceQuery({ ...emptySpace(), safety: ['A', 'B'] }))).toBe('/x?rooms=1&safety=A&safety=B')
  })
  it('says what makes no sense', () => {
    expect(mistakeIn(emptySpace())).toBeNull()
    expect(mistakeIn({ ...emptySpace(), total: { from: 2, to: 1 } })).toBe('reversed')
    expect(mistakeIn({ ...emptySpace(), near: 'map' })).toBe('needsCentre')
    expect(mistakeIn({ ...emptySpace(), near: 'agency' })).toBe('needsAgency')
    expect([0, 1.5, -3, 501].map((rooms) => mistakeIn({ ...emptySpace(), rooms }))).toEqual(Array(4).fill('badRooms'))
    expect(mistakeIn({ ...emptySpace(), near: 'map', centre: { lon: 121, lat: 29 }, radius: 0 })).toBe('badRadius')
    expect(mistakeIn({ ...emptySpace(), minDays: -1 })).toBe('badDays')
    expect(mistakeIn({ ...emptySpace(), total: { from: -5, to: null } })).toBe('negative')
  })
})
