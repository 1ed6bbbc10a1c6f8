// Norm figures: how they are written, which of them stand together, and which one a new version replaces.
import type { Entitlement, Norm, NormKind, Part } from '@/api/norms'

/** What tells a figure from others of the same day, and what its versions share. */
export type Subject = Pick<Norm, 'kind' | 'level' | 'rank_code' | 'jurisdiction_code'>
interface Place { code: string; parent_code: string | null }

/** The order in which a person reads the standard. */
export const SECTIONS = {
  offices: ['office_ceiling', 'office_ceiling_bound', 'private_toilet'],
  service: ['service_rate', 'equipment_ratio'],
  efficiency: ['efficiency_multi_storey', 'efficiency_high_rise', 'high_rise_above'],
  ancillary: ['canteen', 'car_parking', 'bicycle_parking', 'motorcycle_parking', 'guard'],
  limits: ['vacate_after_post', 'return_after_leaving'],
} as const satisfies Record<string, NormKind[]>
export type Section = keyof typeof SECTIONS

const LEVELS: readonly (string | null)[] = ['central', 'province', 'city', 'county', 'township']
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 })

/** A figure without its unit; a ratio in per cent. */
export function writtenFigure(figure: number, unit: Norm['unit']): string {
  return unit === 'ratio' ? `${plain.format(figure * 100)}%` : plain.format(figure)
}

/** The figure that a ratio stands for, from what was written in per cent. */
export const fromPercent = (percent: number): number => Number((percent / 100).toPrecision(12))

export function sameSubject(one: Subject, other: Subject): boolean {
  return one.kind === other.kind && one.level === other.level && one.rank_code === other.rank_code && one.jurisdiction_code === other.jurisdiction_code
}

export type VersionState = 'past' | 'now' | 'future'
export function versionState(norm: Pick<Norm, 'valid_from' | 'valid_until'>, today: string): VersionState {
  if (norm.valid_from !== null && norm.valid_from > today) return 'future'
  return norm.valid_until !== null && norm.valid_until <= today ? 'past' : 'now'
}

/** Rows of a section: by kind, by level from above, ranks as the API orders them, and the country before those below. */
export function inSection(rows: readonly Norm[], section: Section): Norm[] {
  const kinds: readonly NormKind[] = SECTIONS[section]
  const ranks = new Map<string | null, number>()
  for (const row of rows) if (!ranks.has(row.rank_code)) ranks.set(row.rank_code, ranks.size)
  const place = (row: Norm): number[] => [
    section === 'offices' && row.kind === 'office_ceiling_bound' ? 0 : kinds.indexOf(row.kind),
    LEVELS.indexOf(row.level), ranks.get(row.rank_code) ?? 0, row.jurisdiction_code === null ? 0 : 1,
  ]
  return rows
    .filter((row) => kinds.includes(row.kind))
    .map((row) => ({ row, at: place(row) }))
    .sort((a, b) => a.at.map((part, n) => part - (b.at[n] ?? 0)).find((difference) => difference !== 0) ?? (a.row.jurisdiction_code ?? '').localeCompare(b.row.jurisdiction_code ?? ''))
    .map(({ row }) => row)
}

/** Codes from a jurisdiction up to the uppermost, itself first. */
export function pathUp(code: string | null, places: readonly Place[]): string[] {
  const path: string[] = []
  for (let at = code; at !== null && !path.includes(at);) {
    path.push(at)
    at = places.find((one) => one.code === at)?.parent_code ?? null
  }
  return path
}

/** Those of the places that lie in one of the roots, the roots among them. */
export function within<P extends Place>(roots: readonly string[], places: readonly P[]): P[] {
  return places.filter((one) => pathUp(one.code, places).some((code) => roots.includes(code)))
}

/** What concerns a place: the country's figures, those on the way to it, and those below it; null is everywhere. */
export function concerning<T extends { jurisdiction_code: string | null }>(rows: readonly T[], code: string | null, places: readonly Place[]): T[] {
  if (code === null) return [...rows]
  const above = pathUp(code, places)
  return rows.filter(({ jurisdiction_code: at }) => at === null || above.includes(at) || pathUp(at, places).includes(code))
}

/** The version that a new one ends, and the one from above that has held where there is none; on its first day. */
export function replaced(rows: readonly Norm[], wanted: Subject, day: string, places: readonly Place[]): { own: Norm | null; above: Norm | null } {
  const inForce = rows.filter((row) => versionState(row, day) === 'now')
  const own = inForce.find((row) => sameSubject(row, wanted)) ?? null
  const upwards = wanted.jurisdiction_code === null ? [] : [...pathUp(wanted.jurisdiction_code, places).slice(1), null]
  const above = upwards.flatMap((code) => inForce.find((row) => sameSubject(row, { ...wanted, jurisdiction_code: code })) ?? [])
  return { own, above: above[0] ?? null }
}

/** Numbers of people or vehicles begin at one, figures above nought; the most of all. */
export const MOST_FIGURE = 1e6
export type FigureName = 'figure' | 'upto' | 'beyond_from' | 'figure_beyond'

export const isStep = (name: FigureName): boolean => name === 'upto' || name === 'beyond_from'

export function outOfRange(name: FigureName, value: number | null): boolean {
  return value !== null && ((isStep(name) ? value < 1 : value <= 0) || value > MOST_FIGURE)
}

export function comparedPart(row: Pick<Entitlement, 'compared'>, part: Part): Entitlement['compared'][number] {
  const found = row.compared.find((one) => one.part === part)
  return found ?? { part, approved_m2: null, used_m2: 0, over_m2: null, over_rate: null, by_hand: false }
}

export interface EntitlementSums { agencies: number; over: number; posts: number; approvedM2: number; usedM2: number; overM2: number; unknown: number }

/** How far a used area is over the approved one; unknown where no use at all is seen, since there may be some that is not. */
export function overSeen(compared: Pick<Entitlement['compared'][number], 'used_m2' | 'over_m2' | 'over_rate'>): { m2: number | null; rate: number | null } {
  return compared.used_m2 === 0 ? { m2: null, rate: null } : { m2: compared.over_m2, rate: compared.over_rate }
}

/** Sums of the areas as they are written, so that the rows add up to them; areas in m² usable. */
export function entitlementSums(rows: readonly Entitlement[]): EntitlementSums {
  const wholes = rows.map((row) => comparedPart(row, 'basic'))
  const sum = (areas: readonly (number | null)[]): number => areas.reduce<number>((all, area) => all + Math.round((area ?? 0) * 100), 0) / 100
  return {
    agencies: rows.length,
    over: wholes.filter((one) => (one.over_m2 ?? 0) > 0).length,
    posts: rows.reduce((all, row) => all + row.posts, 0),
    approvedM2: sum(wholes.map((one) => one.approved_m2)),
    usedM2: sum(wholes.map((one) => one.used_m2)),
    overM2: sum(wholes.map((one) => one.over_m2)),
    unknown: wholes.filter((one) => one.approved_m2 === null).length,
  }
}
