import { describe, expect, it } from 'vitest'
import type { Board } from '@/api/findings'
import { inRuns, ruleRows, sumOf } from './findings'

const rules = [{ rule: 'over_area' }, { rule: 'let_or_lent' }] as unknown as Board['rules']
const counts: Board['counts'] = [
  { rule: 'over_area', state: 'open', severity: 'major', findings: 3, overdue: 0 },
  { rule: 'over_area', state: 'ordered', severity: 'minor', findings: 2, overdue: 1 },
  { rule: 'over_area', state: 'closed', severity: 'major', findings: 7, overdue: 0 },
]

describe('the board', () => {
  const [area, letting] = ruleRows({ rules, counts })

  it('counts what is closed apart from what is not', () => {
    expect(area).toMatchObject({ unsettled: 5, major: 3, overdue: 1 })
    expect(area?.states.closed).toBe(7)
  })

  it('tells agencies over as a whole from parts over, which count one by one', () => {
    expect(area?.split).toEqual({ wholes: 3, parts: 2 })
    expect(letting?.split).toBeNull()
  })

  it('shows a rule that nobody breaks', () => {
    expect(letting).toMatchObject({ rule: 'let_or_lent', unsettled: 0 })
  })

  it('adds up to its parts', () => {
    expect(sumOf(ruleRows({ rules, counts }))).toMatchObject({ unsettled: 5, major: 3, overdue: 1, states: { open: 3, ordered: 2, closed: 7 } })
  })

  it('keeps findings of one rule and severity together, in the order in which they come', () => {
    const row = (id: number, rule: 'over_area' | 'over_ceiling', severity: 'major' | 'minor') => ({ id, rule, severity })
    const runs = inRuns([row(1, 'over_area', 'major'), row(2, 'over_ceiling', 'major'), row(3, 'over_ceiling', 'major'), row(4, 'over_area', 'minor')])
    expect(runs.map((run) => run.map((one) => one.id))).toEqual([[1], [2, 3], [4]])
  })
})
