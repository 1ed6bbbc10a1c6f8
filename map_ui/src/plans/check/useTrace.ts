// Tracing the outline of a room by hand: corner after corner, until it closes.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { XY } from '@/api/plans'
import { distance, ringArea } from '@/pure/plans/shapes'

export interface Trace {
  active: Readonly<Ref<boolean>>
  points: ShallowRef<XY[]>
  /** Where the next corner would be. */
  ahead: ShallowRef<XY | null>
  /** The outline, once it is closed. */
  ring: ShallowRef<XY[] | null>
  area: ComputedRef<number>
  begin: () => void
  cancel: () => void
  add: (at: XY, reach: number) => void
  point: (at: XY | null) => void
  close: () => void
  key: (event: KeyboardEvent) => void
}

const LEAST = 3

export function useTrace(): Trace {
  const active = ref(false)
  const points = shallowRef<XY[]>([])
  const ahead = shallowRef<XY | null>(null)
  const ring = shallowRef<XY[] | null>(null)

  function begin(): void {
    cancel()
    active.value = true
  }

  function cancel(): void {
    active.value = false
    points.value = []
    ahead.value = null
    ring.value = null
  }

  function close(): void {
    const [first] = points.value
    if (!first || points.value.length < LEAST) return
    ring.value = [...points.value, first]
    ahead.value = null
  }

  /** A point within reach of the first one closes the outline. */
  function add(at: XY, reach: number): void {
    if (ring.value) return
    const [first] = points.value
    if (first && points.value.length >= LEAST && distance(at, first) <= reach) close()
    else points.value = [...points.value, at]
  }

  function key(event: KeyboardEvent): void {
    if (!active.value) return
    if (event.key === 'Enter') close()
    else if (event.key === 'Escape') cancel()
    else if (event.key === 'Backspace') {
      ring.value = null
      points.value = points.value.slice(0, -1)
    } else return
    event.preventDefault()
  }

  return { active, points, ahead, ring, area: computed(() => ringArea(ring.value ?? points.value)), begin, cancel, add, point: (at) => (ahead.value = at), close, key }
}
