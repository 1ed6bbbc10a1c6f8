// Lines of an area audit: which comparison decides, and which are to be decided.
import type { AuditLine, Comparison, Subject, Verdict } from '@/api/plans'

/** The comparison that gave the line its verdict; of several the one farthest beyond its tolerance. */
export function decisive(line: Pick<AuditLine, 'comparisons' | 'verdict'>): Comparison | null {
  const grave = line.comparisons.filter(({ verdict }) => verdict === line.verdict)
  const share = ({ difference_m2: difference, tolerance_m2: tolerance }: Comparison): number => (difference === null || !tolerance ? -1 : Math.abs(difference) / tolerance)
  return grave.reduce<Comparison | null>((most, one) => (most === null || share(one) > share(most) ? one : most), null)
}

/** What a sum was compared by, where rooms without one of the areas were left out: its difference is not that of the sums. */
export function comparedInPart(comparison: Pick<Comparison, 'compared'> | null): NonNullable<Comparison['compared']> | null {
  const over = comparison?.compared ?? null
  return over !== null && over.rooms > 0 && over.rooms < over.of_rooms ? over : null
}

export function linesOf(lines: readonly AuditLine[], subject: Subject, verdict: Verdict | null): AuditLine[] {
  return lines.filter((line) => line.subject === subject && (verdict === null || line.verdict === verdict))
}

/** Lines within tolerance that nobody has decided. */
export function openWithin(lines: readonly AuditLine[]): AuditLine[] {
  return lines.filter((line) => line.verdict === 'within' && line.decision === 'open')
}

/** Verdicts of the rooms of a plan by their keys. */
export function roomVerdicts(lines: readonly AuditLine[]): Map<string, string> {
  return new Map(lines.flatMap((line) => (line.subject === 'room' && line.room !== null ? [[line.room, line.verdict] as const] : [])))
}
