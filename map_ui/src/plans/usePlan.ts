// One plan and all that is shown of it, shared by the steps of its page.
import { computed, inject, provide, ref, watch, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { getJson } from '@/api/client'
import { auditsUrl, drawingUrl, planPartUrl, planUrl } from '@/api/planUrls'
import type { AuditRow, Drawing, Finding, Findings, Plan } from '@/api/plans'
import type { Page } from '@/api/types'
import { useLoad, type Load } from '@/state/useLoad'

export interface PlanContext {
  plan: ComputedRef<Plan>
  /** Key of the floor that is shown. */
  floor: Ref<string | null>
  drawing: Load<Drawing>
  findings: Load<Findings>
  /** Findings of the floor that is shown, and of no floor. */
  here: ComputedRef<Finding[]>
  mayChange: ComputedRef<boolean>
  /** Audits of the plan, the latest first. */
  audits: Load<Page<AuditRow>>
  reload: () => void
}

const KEY: InjectionKey<PlanContext> = Symbol('plan')

/** Make the plan known to the steps below; `found` has loaded by then. */
export function providePlan(found: Load<Plan>, present: ComputedRef<Plan>): PlanContext {
  const floor = ref<string | null>(null)
  watch(() => present.value.floors, (floors) => {
    if (!floors.some(({ key }) => key === floor.value)) floor.value = lowest(floors)
  }, { immediate: true })
  // A change of the plan gives it another revision, and all that hangs on it is asked for anew.
  const asked = computed(() => (floor.value === null ? null : { id: present.value.id, key: floor.value, revision: present.value.revision }))
  const drawing = useLoad(() => asked.value, ({ id, key }, signal) => getJson<Drawing>(drawingUrl(id, key), signal))
  const findings = useLoad(() => ({ id: present.value.id, revision: present.value.revision }), ({ id }, signal) => getJson<Findings>(planPartUrl(id, 'findings'), signal))
  const audits = useLoad(() => present.value.id, (id, signal) => getJson<Page<AuditRow>>(auditsUrl({ plan_id: id }), signal))
  const context: PlanContext = {
    plan: present,
    floor,
    drawing,
    findings,
    here: computed(() => (findings.data.value?.items ?? []).filter((finding) => finding.floor === null || finding.floor === floor.value)),
    mayChange: computed(() => present.value.may_change),
    audits,
    reload: found.reload,
  }
  provide(KEY, context)
  return context
}

export function usePlan(): PlanContext {
  const context = inject(KEY)
  if (!context) throw new Error('A step of a plan stands outside the page of the plan.')
  return context
}

export const loadPlan = (id: () => number | null): Load<Plan> => useLoad(id, (wanted, signal) => getJson<Plan>(planUrl(wanted), signal))

/** The ground floor, else the lowest one above it, else the first. */
function lowest(floors: readonly { key: string; level: number | null }[]): string | null {
  const known = floors.filter((one) => one.level !== null).sort((a, b) => (a.level ?? 0) - (b.level ?? 0))
  return (known.find(({ level }) => level === 1) ?? known.find(({ level }) => (level ?? 0) > 0) ?? known[0] ?? floors[0])?.key ?? null
}
