// What space was looked for, as the address holds it: under the names that the API has for the conditions.
import { withQuery } from '@/api/urls'
import { entriesOf, type LegendGroup } from '@/pure/legend'
import { GRADES, emptySpace, mistakeIn, spaceQuery, type Range, type SpaceWish } from '@/pure/spaces'

/** Limits of the API; what is beyond them is left out. */
const AREA = [0, 1e6] as const
const YEAR = [1000, 2200] as const
const LEVEL = [-20, 200] as const
const ID = [1, Number.MAX_SAFE_INTEGER] as const

export function writeSpace(parts: URLSearchParams, wish: SpaceWish): void {
  const asked = new URLSearchParams(withQuery('', spaceQuery(wish)).slice(1))
  asked.forEach((value, name) => parts.append(name, value))
}

/** The number of rooms marks a search; one that makes no sense is none. */
export function spaceIn(parts: URLSearchParams): SpaceWish | null {
  if (!parts.has('rooms')) return null
  const number = (name: string, [least, most]: readonly [number, number] = [0, 1e6]): number | null => {
    const text = parts.get(name) ?? ''
    const value = Number(text)
    return text.trim() !== '' && value >= least && value <= most ? value : null
  }
  const range = (from: string, to: string, limits: readonly [number, number]): Range => ({ from: number(from, limits), to: number(to, limits) })
  const years = range('built_from', 'built_to', YEAR)
  const lift = parts.get('has_lift')
  const wish: SpaceWish = {
    ...emptySpace(),
    ...placeIn(number),
    rooms: number('rooms') ?? 1,
    wholeFloor: parts.get('whole_floor') === 'true',
    across: parts.get('across') === 'true',
    total: range('min_area_m2', 'max_area_m2', AREA),
    each: range('min_room_m2', 'max_room_m2', AREA),
    built: { from: wholeOrNull(years.from), to: wholeOrNull(years.to) },
    level: range('level_from', 'level_to', LEVEL),
    lift: lift === 'true' ? 'yes' : lift === 'false' ? 'no' : 'any',
    safety: GRADES.filter((grade) => parts.getAll('safety').includes(grade)),
    tenure: keyIn('tenure', parts.get('tenure')),
    title: keyIn('title_state', parts.get('title')),
    category: keyIn('category', parts.get('category')),
    minDays: number('min_days'),
  }
  return mistakeIn(wish) === null ? wish : null
}

/** The first that is named of an agency, a building and a point. */
function placeIn(number: (name: string, limits?: readonly [number, number]) => number | null): Partial<SpaceWish> {
  const agency = wholeOrNull(number('near_agency_id', ID))
  const building = wholeOrNull(number('near_building_id', ID))
  const [lon, lat] = [number('longitude', [-180, 180]), number('latitude', [-90, 90])]
  const radius = number('radius_m')
  if (agency !== null) return { near: 'agency', agency, radius }
  if (building !== null) return { near: 'building', building, radius }
  return lon !== null && lat !== null ? { near: 'map', centre: { lon, lat }, radius } : {}
}

const wholeOrNull = (value: number | null | undefined): number | null => (value != null && Number.isInteger(value) ? value : null)

/** Parts of buildings that nobody uses, and what is not known, are not looked for. */
function keyIn(group: LegendGroup, key: string | null): string | null {
  return entriesOf(group).find((entry) => entry.key === key && key !== 'unknown' && key !== 'circulation')?.key ?? null
}
