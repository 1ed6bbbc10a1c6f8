// A way of reading that is tried out: its preview, and adopting it.
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { usePlan } from '../usePlan'
import { getJson, sendJson } from '@/api/client'
import { drawingUrl, planPartUrl } from '@/api/planUrls'
import type { Drawing, Plan, Preview, Reading } from '@/api/plans'
import { written } from '@/pure/plans/reading'
import { useLoad, type Load } from '@/state/useLoad'
import { useSend, type Send } from '@/state/useSend'

export interface Trial {
  draft: Ref<Reading>
  dirty: ComputedRef<boolean>
  /** The plan as it would be, or as it is. */
  shown: ComputedRef<Plan>
  drawings: ComputedRef<readonly Drawing[]>
  preview: Load<Preview>
  kept: Load<Drawing[]>
  /** The drawing without its boxes, behind what is in them: else the next floor could not be seen to be boxed. */
  behind: ComputedRef<readonly Drawing[]>
  done: ShallowRef<boolean>
  adopt: () => Promise<void>
  undo: () => void
  sending: Send
}

const PAUSE_MS = 500
/** Floors whose drawings are read at once; beyond that the first ones say enough. */
const MOST_FLOORS = 40

export function useReading(): Trial {
  const { plan, mayChange, reload } = usePlan()
  const draft = ref<Reading>({ ...plan.value.reading })
  const done = shallowRef(false)
  const sending = useSend()
  const dirty = computed(() => written(draft.value) !== written(plan.value.reading))
  watch(() => plan.value.revision, () => { draft.value = { ...plan.value.reading } })

  const asked = shallowRef<Reading | null>(null)
  let timer = 0
  watch([draft, dirty], () => {
    window.clearTimeout(timer)
    done.value = false
    if (!dirty.value || !mayChange.value) asked.value = null
    else timer = window.setTimeout(() => (asked.value = { ...draft.value }), PAUSE_MS)
  })
  onScopeDispose(() => { window.clearTimeout(timer) })

  const preview = useLoad(asked, (wanted: Reading, signal) => sendJson<Preview>('POST', planPartUrl(plan.value.id, 'preview'), wanted, signal))
  const kept = useLoad(
    () => ({ id: plan.value.id, revision: plan.value.revision, keys: plan.value.floors.slice(0, MOST_FLOORS).map(({ key }) => key) }),
    ({ id, keys }, signal) => Promise.all(keys.map((key) => getJson<Drawing>(drawingUrl(id, key), signal))),
  )

  const unboxed = useLoad(
    () => (mayChange.value && (draft.value.boxes?.length ?? 0) > 0 ? written({ ...draft.value, boxes: [] }) : null),
    (_, signal) => sendJson<Preview>('POST', planPartUrl(plan.value.id, 'preview'), { ...draft.value, boxes: [] }, signal),
  )

  async function adopt(): Promise<void> {
    const wanted = draft.value
    if (!(await sending.send(() => sendJson('PUT', planPartUrl(plan.value.id, 'reading'), wanted)))) return
    asked.value = null
    done.value = true
    reload()
  }

  return {
    draft,
    dirty,
    shown: computed(() => preview.data.value?.plan ?? plan.value),
    drawings: computed(() => preview.data.value?.floors ?? kept.data.value ?? []),
    preview,
    kept,
    behind: computed(() => unboxed.data.value?.floors ?? []),
    done,
    adopt,
    undo: () => { draft.value = { ...plan.value.reading } },
    sending,
  }
}
