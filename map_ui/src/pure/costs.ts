// Rows of what agencies or buildings cost, in one shape, and their sums; which rate a new version replaces.
import type { AgencyCosts, BuildingCosts, CostFigures, CostRate } from '@/api/costs'

export interface CostRow extends CostFigures {
  id: number
  name: string
  /** Usable area of an agency; floor area of a building. */
  area_m2: number | null
  yuan: number | null
  over_yuan: number | null
  /** Of an agency. */
  rooms_without_area: number
}

export function costRows(report: AgencyCosts | BuildingCosts | null): CostRow[] {
  return (report?.items ?? []).map((row) =>
    'agency' in row
      ? { ...row, id: row.agency.id, name: row.agency.name }
      : { ...row, id: row.building.id, name: row.building.name, area_m2: row.gross_m2, over_yuan: null, rooms_without_area: 0 },
  )
}

export interface CostSums {
  over: number
  /** Null where not one cost is known. */
  yuan: number | null
  overYuan: number | null
  /** Whether the sum leaves nothing out; else it is at least so much. */
  complete: boolean
  /** What it leaves out: rows with rates missing, buildings without floor area, rooms without area. */
  withoutRate: number
  withoutFloorArea: number
  roomsWithoutArea: number
}

export function costSums(rows: readonly CostRow[]): CostSums {
  const sum = (of: (row: CostRow) => number | null): number | null => {
    const known = rows.map(of).filter((figure) => figure !== null)
    return known.length > 0 ? known.reduce((all, figure) => all + figure, 0) : null
  }
  const many = (of: (row: CostRow) => boolean): number => rows.filter(of).length
  return {
    over: many((row) => row.standing === 'over'),
    yuan: sum((row) => row.yuan),
    overYuan: sum((row) => row.over_yuan),
    complete: rows.every((row) => row.complete),
    withoutRate: many((row) => !row.rates_complete && row.area_m2 !== null),
    withoutFloorArea: many((row) => row.area_m2 === null),
    roomsWithoutArea: rows.reduce((all, row) => all + row.rooms_without_area, 0),
  }
}

export type RateScope = Pick<CostRate, 'kind' | 'jurisdiction_code' | 'building_id' | 'structure' | 'has_lift'>

/** Whether two rates are versions of one another; the jurisdiction of a building's own rate follows from the building. */
export function sameRate(one: RateScope, other: RateScope): boolean {
  const place = (rate: RateScope): string | null => (rate.building_id === null ? rate.jurisdiction_code : null)
  return one.kind === other.kind && place(one) === place(other) && one.building_id === other.building_id
    && one.structure === other.structure && one.has_lift === other.has_lift
}

/** What stands against a first day for a new version: a version that begins no earlier, or that the past would change; of several the last. */
export function dayRefused(same: readonly { valid_from: string | null; valid_until: string | null }[], since: string, today: string): { begins: string } | 'past' | null {
  const begins = same.flatMap((row) => (row.valid_from !== null && row.valid_from >= since ? [row.valid_from] : [])).sort().at(-1)
  if (begins !== undefined) return { begins }
  return since < today && same.some((row) => stateOn(row, since) === 'now') ? 'past' : null
}

/** Ended, in force, or to come on a day. */
export function stateOn(version: { valid_from: string | null; valid_until: string | null }, day: string): 'past' | 'now' | 'future' {
  if (version.valid_until !== null && version.valid_until <= day) return 'past'
  return version.valid_from !== null && version.valid_from > day ? 'future' : 'now'
}
