// How a file is to be read, while somebody tries it out: comparing, and changing one thing at a time.
import type { Layer, LayerRole, Mapping, Plan, PlanFloor, Reading } from '@/api/plans'

/** The same wish written in one way, so that two can be compared. */
export function written(reading: Reading): string {
  const { unit = null, layers = null, boxes = [], gap_m: gap, fields = {}, crs = null, level = null, levels = {}, metres_per_pixel: pixel = null, unit_confirmed: confirmed } = reading
  const sorted = <T>(record: Record<string, T>): [string, T][] => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
  const roles = layers && sorted(layers).map(([name, means]) => [name, [...means].sort()])
  return JSON.stringify([unit, roles, boxes.map((box) => sorted({ ...box })), gap, sorted(fields), crs || null, level, pixel, sorted(levels), confirmed])
}

/** Roles of all layers, with those of one changed. */
export function withRoles(reading: Reading, layers: readonly Layer[], name: string, roles: LayerRole[]): Reading {
  const before = reading.layers ?? Object.fromEntries(layers.map((layer) => [layer.name, layer.roles]))
  return { ...reading, layers: { ...before, [name]: tidied(roles) } }
}

/** What is not read has no other meaning: the last choice decides. */
function tidied(roles: LayerRole[]): LayerRole[] {
  return roles.at(-1) === 'ignore' ? ['ignore'] : roles.filter((role) => role !== 'ignore')
}

/** A saved mapping applied; layers that the file does not have are left out. */
export function byMapping(reading: Reading, layers: readonly Layer[], mapping: Mapping): Reading {
  const known = layers.map((layer) => [layer.name, mapping.layers?.[layer.name] ?? []] as const)
  return {
    ...reading,
    unit: mapping.unit ?? reading.unit ?? null,
    gap_m: mapping.gap_m,
    fields: { ...mapping.fields },
    layers: Object.keys(mapping.layers ?? {}).length > 0 ? Object.fromEntries(known) : (reading.layers ?? null),
  }
}

/** Layers that mean something first, then those with most on them. */
export function layerOrder(layers: readonly Layer[]): Layer[] {
  const read = (layer: Layer): number => Number(layer.roles.some((role) => role !== 'ignore'))
  return [...layers].sort((a, b) => read(b) - read(a) || b.closed_outlines - a.closed_outlines || b.entities - a.entities)
}

/** The floor that the file calls 0, as long as nobody has said what that means: registers count the ground floor as 1. */
export const levelZero = (reading: Reading, { floors, missing }: Pick<Plan, 'floors' | 'missing'>): PlanFloor | null =>
  missing.includes('levels') ? (floors.find(({ key, level }) => level === 0 && reading.levels?.[key] === undefined) ?? null) : null

/** Levels once somebody said what 0 means: the ground floor, and all from there up become one more; or just that. */
export function withGround(reading: Reading, floors: readonly PlanFloor[], isGround: boolean): Reading {
  const up = floors.flatMap(({ key, level }) => (level === null || level < 0 ? [] : [[key, level + 1] as const]))
  const same = floors.flatMap(({ key, level }) => (level === 0 ? [[key, 0] as const] : []))
  return { ...reading, levels: { ...reading.levels, ...Object.fromEntries(isGround ? up : same) } }
}

/** Whether somebody has to say what the unit is. */
export const unitDoubtful = (plan: Pick<Plan, 'missing'>): boolean => plan.missing.includes('units')
