// Findings counted by rule and state for the board.
import { STATES, type Board, type FindingRow, type FindingRule, type FindingState } from '@/api/findings'

export interface RuleRow {
  rule: FindingRule
  /** How many are in each state. */
  states: Record<FindingState, number>
  /** All that are not closed, and how many of them are major. */
  unsettled: number
  major: number
  overdue: number
  /** Where the whole of an agency (major) and its parts (minor) are judged one by one: how many of each are not closed. */
  split: { wholes: number; parts: number } | null
}

/** Which findings are listed. */
export interface Chosen {
  rule: FindingRule | null
  state: FindingState | 'unsettled' | null
  severity: 'major' | null
  overdue: boolean
}

/** What narrows the whole board, and its list. */
export interface BoardChoice extends Chosen {
  agency: number | null
}

/** All that is still to be done. */
export const boardAtFirst = (): BoardChoice => ({ rule: null, state: 'unsettled', severity: null, overdue: false, agency: null })

/** The rule that judges an agency's approved area as a whole and by parts. */
const BY_PARTS: FindingRule = 'over_area'

const none = (): Record<FindingState, number> => ({ open: 0, warned: 0, ordered: 0, explained: 0, closed: 0 })

/** One row a rule, in the order of the rules; rules without any finding too, since that is news as well. */
export function ruleRows(board: Pick<Board, 'counts' | 'rules'>): RuleRow[] {
  return board.rules.map(({ rule }) => {
    const row: RuleRow = { rule, states: none(), unsettled: 0, major: 0, overdue: 0, split: null }
    for (const count of board.counts.filter((one) => one.rule === rule)) {
      row.states[count.state] += count.findings
      row.overdue += count.overdue
      if (count.state === 'closed') continue
      row.unsettled += count.findings
      if (count.severity === 'major') row.major += count.findings
    }
    if (rule === BY_PARTS && row.unsettled > 0) row.split = { wholes: row.major, parts: row.unsettled - row.major }
    return row
  })
}

/** All rules together. */
export function sumOf(rows: readonly RuleRow[]): Omit<RuleRow, 'rule' | 'split'> {
  const sum = { states: none(), unsettled: 0, major: 0, overdue: 0 }
  for (const row of rows) {
    for (const state of STATES) sum.states[state] += row.states[state]
    sum.unsettled += row.unsettled
    sum.major += row.major
    sum.overdue += row.overdue
  }
  return sum
}

/** Findings of one rule and severity that follow one another, in the order in which they come. */
export function inRuns<F extends Pick<FindingRow, 'rule' | 'severity'>>(rows: readonly F[]): F[][] {
  const runs: F[][] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last?.[0]?.rule === row.rule && last[0].severity === row.severity) last.push(row)
    else runs.push([row])
  }
  return runs
}
