import { describe, expect, it } from 'vitest'
import type { Plan } from '@/api/plans'
import { nextStep, stateOf } from './steps'

const plan = (missing: Plan['missing'], placed = true): Plan =>
  ({ missing, placed, status: 'draft', rooms_count: 3, floors: [{}], findings: { error: 0, warning: 0, note: 0 } }) as unknown as Plan

describe('the step of placing', () => {
  it('is done when nothing is left to agree to', () => {
    expect(stateOf('placing', plan([]))).toBe('done')
  })
  it('wants attention beyond the limits, and far from the building', () => {
    expect(stateOf('placing', plan(['agreement']))).toBe('attention')
    expect(stateOf('placing', plan(['distance', 'agreement']))).toBe('attention')
  })
  it('is what comes next then, and reading is done all the same', () => {
    expect(nextStep(plan(['agreement']))).toBe('placing')
    expect(stateOf('reading', plan(['agreement']))).toBe('done')
    expect(stateOf('changes', plan(['agreement']))).toBe('waits')
  })
  it('is to be done before the plan is placed', () => {
    expect(stateOf('placing', plan(['placement'], false))).toBe('todo')
  })
})
