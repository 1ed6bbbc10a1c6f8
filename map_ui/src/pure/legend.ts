// Colours and labels of the map, read from the legend that reports and exports use too.
import legend from '@legend'

export interface LegendEntry {
  key: string
  color: string
  zh: string
  en: string
}

export type LegendGroup = 'category' | 'room_state' | 'title_state' | 'tenure' | 'idle_share' | 'coverage' | 'verdict' | 'plan_check' | 'change'

/** The pale tone used where an attribute is missing. */
export const NO_VALUE = '#c4cad3'

export function entriesOf(group: LegendGroup): readonly LegendEntry[] {
  return legend[group]
}

export function entryOf(group: LegendGroup, key: string | null | undefined): LegendEntry | null {
  return entriesOf(group).find((entry) => entry.key === key) ?? null
}

export function colourOf(group: LegendGroup, key: string | null | undefined): string {
  return entryOf(group, key)?.color ?? NO_VALUE
}

/** Lower bounds of the classes of idle share, ascending, with their colours. */
export const idleShareClasses: readonly { from: number; color: string }[] = legend.idle_share

export const noAgency: Omit<LegendEntry, 'key'> = legend.agency.none

const palette = legend.agency.palette
const SHADES = [0, 0.28, -0.18]

/** How many agencies can be told apart before colours repeat. */
export const AGENCY_COLOURS: readonly string[] = SHADES.flatMap((shade) => palette.map((colour) => mix(colour, shade)))

/** Colour of an agency: by its id, so that it stays the same wherever the map is moved. */
export function agencyColour(id: number): string {
  return AGENCY_COLOURS[id % AGENCY_COLOURS.length] ?? NO_VALUE
}

/** A colour `#rrggbb` moved towards white (`amount` above 0) or black (below 0). */
function mix(colour: string, amount: number): string {
  const towards = amount > 0 ? 255 : 0
  const part = (at: number): string => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16)
    const mixed = Math.round(value + (towards - value) * Math.abs(amount))
    return mixed.toString(16).padStart(2, '0')
  }
  return `#${part(1)}${part(3)}${part(5)}`
}
