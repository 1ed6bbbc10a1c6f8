// What is asked when looking for space, as the form has it and as the API takes it.
import type { Query } from '@/api/urls'

export interface Range {
  from: number | null | undefined
  to: number | null | undefined
}

export interface SpaceWish {
  rooms: number | null | undefined
  wholeFloor: boolean
  across: boolean
  total: Range
  each: Range
  built: Range
  level: Range
  near: 'none' | 'agency' | 'building' | 'map'
  agency: number | null
  agencyName: string | null
  building: number | null
  buildingName: string | null
  /** Degrees, EPSG:4490. */
  centre: { lon: number; lat: number } | null
  radius: number | null | undefined
  lift: 'any' | 'yes' | 'no'
  safety: string[]
  tenure: string | null
  title: string | null
  category: string | null
  minDays: number | null | undefined
}

export const GRADES = ['A', 'B', 'C', 'D'] as const

const anything = (): Range => ({ from: null, to: null })

export function emptySpace(): SpaceWish {
  return {
    rooms: 1, wholeFloor: false, across: false, total: anything(), each: anything(), built: anything(), level: anything(),
    near: 'none', agency: null, agencyName: null, building: null, buildingName: null, centre: null, radius: 2000, lift: 'any', safety: [], tenure: null, title: null, category: null, minDays: null,
  }
}

const isReversed = ({ from, to }: Range): boolean => from != null && to != null && from > to

const isNegative = ({ from, to }: Range): boolean => (from ?? 0) < 0 || (to ?? 0) < 0
const isWhole = (value: number | null | undefined, least: number, most: number): boolean =>
  value == null || (Number.isInteger(value) && value >= least && value <= most)
const MOST_ROOMS = 500
const MOST_M = 100_000
const MOST_DAYS = 100_000

/** Word for what makes no sense; null where it does. What was typed stays: a number that changes by itself is asked for unseen. */
export function mistakeIn(wish: SpaceWish): 'reversed' | 'needsCentre' | 'needsAgency' | 'needsBuilding' | 'badRooms' | 'badRadius' | 'badDays' | 'negative' | null {
  if (!isWhole(wish.rooms, 1, MOST_ROOMS)) return 'badRooms'
  if (wish.near !== 'none' && !isWhole(wish.radius, 1, MOST_M)) return 'badRadius'
  if (!isWhole(wish.minDays, 0, MOST_DAYS)) return 'badDays'
  if ([wish.total, wish.each, wish.built].some(isNegative)) return 'negative'
  if ([wish.total, wish.each, wish.built, wish.level].some(isReversed)) return 'reversed'
  if (wish.near === 'map' && wish.centre === null) return 'needsCentre'
  if (wish.near === 'building' && wish.building === null) return 'needsBuilding'
  return wish.near === 'agency' && wish.agency === null ? 'needsAgency' : null
}

/** Whether it names any of the conditions that the form shows only on demand. */
export function asksMore(wish: SpaceWish): boolean {
  const limits = [wish.each, wish.built, wish.level].flatMap(({ from, to }) => [from, to])
  return [...limits, wish.tenure, wish.title, wish.category, wish.minDays].some((one) => one != null) || wish.lift !== 'any' || wish.safety.length > 0
}

/** The query; what is left open is not in it, or null. */
export function spaceQuery(wish: SpaceWish): Query {
  const near = wish.near !== 'none'
  return {
    rooms: wish.rooms ?? 1,
    whole_floor: wish.wholeFloor || null,
    across: wish.across || null,
    min_area_m2: wish.total.from,
    max_area_m2: wish.total.to,
    min_room_m2: wish.each.from,
    max_room_m2: wish.each.to,
    built_from: wish.built.from,
    built_to: wish.built.to,
    level_from: wish.level.from,
    level_to: wish.level.to,
    near_agency_id: wish.near === 'agency' ? wish.agency : null,
    near_building_id: wish.near === 'building' ? wish.building : null,
    longitude: wish.near === 'map' ? wish.centre?.lon : null,
    latitude: wish.near === 'map' ? wish.centre?.lat : null,
    radius_m: near ? wish.radius : null,
    has_lift: wish.lift === 'any' ? null : wish.lift === 'yes',
    safety: wish.safety.length > 0 ? wish.safety : null,
    tenure: wish.tenure,
    title: wish.title,
    category: wish.category,
    min_days: wish.minDays,
  }
}
