// How far the work on a plan has come: which steps are done, and what is next.
import type { Plan } from '@/api/plans'
import { STEPS, type Step } from '@/state/model'

export type StepState = 'done' | 'todo' | 'attention' | 'waits'

/** `concluded`: an audit of the plan was accepted. */
export function stateOf(step: Step, plan: Plan, concluded = false): StepState {
  const readWell = !plan.missing.some((what) => what !== 'placement')
  switch (step) {
    case 'reading': return readWell ? 'done' : 'todo'
    case 'check':
      if (plan.rooms_count === 0) return 'waits'
      return plan.findings.error > 0 ? 'attention' : 'done'
    case 'placing':
      if (plan.placed) return 'done'
      return plan.floors.length > 0 ? 'todo' : 'waits'
    case 'changes':
      if (plan.status !== 'draft') return 'done'
      return plan.missing.length > 0 ? 'waits' : 'todo'
    case 'audit':
      if (concluded) return 'done'
      return plan.rooms_count > 0 ? 'todo' : 'waits'
  }
}

/** The first step, from the beginning, that something is left to be done in. */
export function nextStep(plan: Plan): Step {
  return STEPS.find((step) => stateOf(step, plan) === 'todo') ?? 'audit'
}

export const after = (step: Step): Step | null => STEPS[STEPS.indexOf(step) + 1] ?? null
