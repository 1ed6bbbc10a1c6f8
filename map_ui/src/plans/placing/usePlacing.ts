// Placing a plan while somebody tries it out: pairs of points, how they fit, and keeping what was found.
import { computed, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { usePlan } from '../usePlan'
import { sendJson } from '@/api/client'
import { planPartUrl } from '@/api/planUrls'
import type { Placement, PlacementWanted, XY } from '@/api/plans'
import type { LonLat } from '@/api/types'
import { fit, fitAffine, onMap, qualityOf, type Fitted, type Pair, type Quality } from '@/pure/plans/fit'
import { fittedOf, nextName, overBuilding } from '@/pure/plans/onMap'
import { useSend, type Send } from '@/state/useSend'

export interface Point extends Pair { name: string }
export type PointMethod = 'helmert' | 'affine'

export interface Placing {
  points: ShallowRef<Point[]>
  /** Points or how they are fitted were changed, and not kept. */
  dirty: ComputedRef<boolean>
  fitted: ComputedRef<Fitted>
  quality: ComputedRef<Quality | null>
  placement: ComputedRef<Placement | null>
  add: (plan: XY) => string
  drag: (name: string, map: LonLat) => void
  drop: (name: string) => void
  keep: (wanted: PlacementWanted) => Promise<boolean>
  keepPoints: (method: PointMethod) => Promise<boolean>
  sending: Send
}

export const LEAST_POINTS: Readonly<Record<PointMethod, number>> = { helmert: 2, affine: 3 }

/** `middle`: where the building stands; `method`: how points are fitted, null when not by points. */
export function usePlacing(middle: () => LonLat | null, method: () => PointMethod | null): Placing {
  const { plan, drawing, reload } = usePlan()
  const placement = computed(() => plan.value.placement)
  const points = shallowRef<Point[]>([])
  const changed = ref(false)
  const sending = useSend()

  watch(placement, (now) => {
    points.value = (now?.points ?? []).map(({ name, plan: at, map }, n) => ({ name: name || String(n + 1), plan: at, map }))
    changed.value = false
  }, { immediate: true })

  const base = computed(() => (placement.value ? fittedOf(placement.value) : overBuilding(drawing.data.value, middle() ?? [0, 0])))
  const otherwise = computed(() => {
    const now = method()
    return now !== null && placement.value !== null && placement.value.method !== now && points.value.length >= LEAST_POINTS[now]
  })
  const dirty = computed(() => changed.value || otherwise.value)
  const fitted = computed(() => (dirty.value ? (method() === 'affine' ? fitAffine : fit)(points.value, base.value) : base.value))

  function add(at: XY): string {
    const name = nextName(points.value)
    points.value = [...points.value, { name, plan: at, map: onMap(at, fitted.value) }]
    return name
  }

  function drag(name: string, map: LonLat): void {
    points.value = points.value.map((point) => (point.name === name ? { ...point, map } : point))
    changed.value = true
  }

  function drop(name: string): void {
    points.value = points.value.filter((point) => point.name !== name)
    changed.value = true
  }

  async function keep(wanted: PlacementWanted): Promise<boolean> {
    const well = await sending.send(() => sendJson<Placement>('PUT', planPartUrl(plan.value.id, 'placement'), wanted))
    if (well) reload()
    return well
  }

  return {
    points,
    dirty,
    fitted,
    quality: computed(() => qualityOf(points.value, fitted.value)),
    placement,
    add,
    drag,
    drop,
    keep,
    keepPoints: (method) => keep({ method, points: points.value.map(({ name, plan: at, map }) => ({ name, plan: at, map })) }),
    sending,
  }
}
