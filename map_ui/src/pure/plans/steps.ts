// How far the work on a plan has come: which steps are done, and what is next.
import type { Plan } from '@/api/plans'
import { STEPS, type Step } from '@/state/model'

export type StepState = 'done' | 'todo' | 'attention' | 'waits'

/** What import waits for that is settled by placing; a placement beyond the limits has to be agreed to. */
const OF_PLACING: ReadonlySet<Plan['missing'][number]> = new Set(['placement', 'distance', 'agreement'])

/** `concluded`: an audit of the plan was accepted. */
export function stateOf(step: Step, plan: Plan, concluded = false): StepState {
  const readWell = !plan.missing.some((what) => !OF_PLACING.has(what))
  switch (step) {
    case 'reading': return readWell ? 'done' : 'todo'
    case 'check':
      if (plan.rooms_count === 0) return 'waits'
      return plan.findings.error > 0 ? 'attention' : 'done'
    case 'placing':
      if (plan.placed) return plan.missing.some((what) => OF_PLACING.has(what)) ? 'attention' : 'done'
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
  const left = (step: Step): boolean => stateOf(step, plan) === 'todo' || (step === 'placing' && stateOf(step, plan) === 'attention')
  return STEPS.find(left) ?? 'audit'
}

export const after = (step: Step): Step | null => STEPS[STEPS.indexOf(step) + 1] ?? null
