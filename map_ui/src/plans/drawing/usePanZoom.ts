// Moving over a drawing by pointer, wheel and keyboard; a press that does not move is a click on a place.
import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { PlanBox, XY } from '@/api/plans'
import { fitted, moved, toPlan, zoomed, type Sight, type Size } from '@/pure/plans/camera'

export interface Spot {
  at: XY
  /** What was pressed, for looking up which room it is. */
  target: EventTarget | null
}

export interface PanZoom {
  sight: ShallowRef<Sight>
  size: ShallowRef<Size>
  dragging: Readonly<Ref<boolean>>
  fit: (box: PlanBox) => void
  zoomBy: (factor: number) => void
  place: (event: MouseEvent) => XY
  handlers: Record<'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'keydown', (event: never) => void>
}

interface Wishes {
  svg: Ref<SVGSVGElement | null>
  origin: () => XY
  box: () => PlanBox | null
  clicked: (spot: Spot) => void
  /** Drag away from a place instead of moving the drawing, as when a box is drawn. */
  boxing: () => boolean
  boxed: (from: XY, to: XY, done: boolean) => void
}

const STILL_PX = 4
const STEP_PX = 60
const STEP_FACTOR = 1.35

export function usePanZoom({ svg, origin, box, clicked, boxing, boxed }: Wishes): PanZoom {
  const sight = shallowRef<Sight>({ scale: 10, x: 0, y: 0 })
  const size = shallowRef<Size>({ width: 0, height: 0 })
  const dragging = ref(false)
  /** Whether somebody has moved the drawing himself, so that it no longer follows the size of its frame. */
  let own = false
  let pressed: { id: number; x: number; y: number; lastX: number; lastY: number; target: EventTarget | null } | null = null

  function place(event: MouseEvent): XY {
    const frame = svg.value?.getBoundingClientRect()
    return toPlan(event.clientX - (frame?.left ?? 0), event.clientY - (frame?.top ?? 0), origin(), sight.value)
  }

  function fit(wanted: PlanBox): void {
    if (size.value.width > 0) sight.value = fitted(wanted, origin(), size.value)
  }

  function whole(): void {
    const all = box()
    own = false
    if (all) fit(all)
  }

  function wholeScale(): number {
    const all = box()
    return all ? fitted(all, origin(), size.value).scale : sight.value.scale
  }

  function zoomBy(factor: number): void {
    own = true
    sight.value = zoomed(sight.value, factor, { x: size.value.width / 2, y: size.value.height / 2, whole: wholeScale() })
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault()
    own = true
    const frame = svg.value?.getBoundingClientRect()
    const lines = event.deltaMode === 1 ? 16 : 1
    const factor = Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.0022)
    sight.value = zoomed(sight.value, factor, { x: event.clientX - (frame?.left ?? 0), y: event.clientY - (frame?.top ?? 0), whole: wholeScale() })
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0) return
    pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, lastX: event.clientX, lastY: event.clientY, target: event.target }
  }

  function from(): XY {
    return place({ clientX: pressed?.x ?? 0, clientY: pressed?.y ?? 0 } as MouseEvent)
  }

  function move(event: PointerEvent): void {
    if (pressed?.id !== event.pointerId) return
    if (!dragging.value && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < STILL_PX) return
    if (!dragging.value) svg.value?.setPointerCapture(event.pointerId)
    dragging.value = true
    if (boxing()) boxed(from(), place(event), false)
    else {
      own = true
      sight.value = moved(sight.value, event.clientX - pressed.lastX, event.clientY - pressed.lastY)
    }
    pressed.lastX = event.clientX
    pressed.lastY = event.clientY
  }

  function up(event: PointerEvent): void {
    if (pressed?.id !== event.pointerId) return
    if (!dragging.value) clicked({ at: place(event), target: pressed.target })
    else if (boxing()) boxed(from(), place(event), true)
    cancel()
  }

  function cancel(): void {
    pressed = null
    dragging.value = false
  }

  function key(event: KeyboardEvent): void {
    if (event.target !== svg.value || event.ctrlKey || event.metaKey || event.altKey) return
    const moves: Record<string, [number, number]> = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
    const way = moves[event.key]
    if (way) {
      own = true
      sight.value = moved(sight.value, way[0] * STEP_PX, way[1] * STEP_PX)
    } else if (event.key === '+' || event.key === '=') zoomBy(STEP_FACTOR)
    else if (event.key === '-') zoomBy(1 / STEP_FACTOR)
    else if (event.key === '0') whole()
    else return
    event.preventDefault()
  }

  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    const { width, height } = entry.contentRect
    const before = size.value
    size.value = { width, height }
    if (before.width === 0 || !own) whole()
    else sight.value = moved(sight.value, (width - before.width) / 2, (height - before.height) / 2)
  })
  onMounted(() => {
    if (!svg.value) return
    observer.observe(svg.value)
    svg.value.addEventListener('wheel', wheel, { passive: false })
  })
  onBeforeUnmount(() => { observer.disconnect() })
  watch(() => box()?.join(), whole)

  return { sight, size, dragging, fit, zoomBy, place, handlers: { pointerdown: down, pointermove: move, pointerup: up, pointercancel: cancel, keydown: key } }
}
