// Names and order of floors.
import type { Language } from '@/i18n/languages'

/** The short name of a floor level: 3F, B1; half levels keep their number, as 1.5F. */
export function levelName(level: number): string {
  return level < 0 ? `B${-level}` : `${level}F`
}

const NUMBERED = /^(地下|负)?[一二三四五六七八九十百\d]+层$/

/** What a floor is called besides its level; in English nothing where the name only repeats the level. */
export function floorName(name: string, language: Language): string | null {
  return language === 'en' && NUMBERED.test(name) ? null : name
}

/** Distinct levels, highest first, as on the panel of a lift. */
export function liftOrder(levels: Iterable<number>): number[] {
  return [...new Set(levels)].sort((a, b) => b - a)
}

/** The level to show where `wanted` does not exist: the ground floor, else the one nearest to it. */
export function nearestLevel(levels: readonly number[], wanted: number): number {
  if (levels.length === 0 || levels.includes(wanted)) return wanted
  if (levels.includes(1)) return 1
  return levels.reduce((best, level) => (Math.abs(level - 1) < Math.abs(best - 1) ? level : best))
}
