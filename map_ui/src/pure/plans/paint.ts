// What colour the rooms of a plan have: by what was found of them, or by what the audit says.
import type { Change, ChangeKind, Drawing, Finding, Severity } from '@/api/plans'
import { SEVERITIES } from '@/api/plans'
import { colourOf } from '../legend'

export type PaintBy = 'plan_check' | 'verdict' | 'change'

export const severityColour: Readonly<Record<Severity, string>> = { error: '#c0392b', warning: '#b7791f', note: '#4d6a8f' }

/** The gravest that was found of each room. */
export function gravest(findings: readonly Finding[]): Map<string, Severity> {
  const found = new Map<string, Severity>()
  for (const severity of [...SEVERITIES].reverse()) {
    for (const finding of findings) {
      if (finding.severity === severity) finding.rooms.forEach((room) => found.set(room, severity))
    }
  }
  return found
}

export function checkFills(drawing: Pick<Drawing, 'rooms'>, findings: readonly Finding[]): Map<string, string> {
  const found = gravest(findings)
  return new Map(drawing.rooms.map(({ key }) => [key, colourOf('plan_check', found.get(key) ?? 'sound')]))
}

export function verdictFills(drawing: Pick<Drawing, 'rooms'>, verdicts: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(drawing.rooms.map(({ key }) => [key, colourOf('verdict', verdicts.get(key))]))
}

/** What becomes of each room of the plan; rooms that end are on it no more. */
export function changesOf(changes: readonly Change[]): Map<string, ChangeKind> {
  return new Map(changes.flatMap(({ kind, after }) => after.map(({ key }): [string, ChangeKind] => [key, kind])))
}

export function changeFills(drawing: Pick<Drawing, 'rooms'>, changes: ReadonlyMap<string, ChangeKind>): Map<string, string> {
  return new Map(drawing.rooms.map(({ key }) => [key, colourOf('change', changes.get(key))]))
}

/** Findings by severity, the gravest first, each kind of finding in one group. */
export function groupedFindings(findings: readonly Finding[], shown: ReadonlySet<Severity>): { severity: Severity; code: string; items: Finding[] }[] {
  const groups = new Map<string, { severity: Severity; code: string; items: Finding[] }>()
  for (const severity of SEVERITIES.filter((one) => shown.has(one))) {
    for (const finding of findings) {
      if (finding.severity !== severity) continue
      const key = `${severity}:${finding.code}`
      const group = groups.get(key) ?? { severity, code: finding.code, items: [] }
      group.items.push(finding)
      groups.set(key, group)
    }
  }
  return [...groups.values()]
}
