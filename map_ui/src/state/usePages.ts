// A list that comes in pages: the first one anew with every question, further ones on demand.
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { isAbort } from '@/api/client'
import type { Page } from '@/api/types'
import { useLoad, type Load } from './useLoad'

export interface Pages<T, P extends Page<T>> extends Omit<Load<P>, 'data'> {
  /** The first page, with all that describes the whole list. */
  first: Readonly<ShallowRef<P | null>>
  items: ComputedRef<T[]>
  hasMore: ComputedRef<boolean>
  loadingMore: Readonly<Ref<boolean>>
  loadMore: () => Promise<void>
}

/** `ask` gets the question and the cursor of the page, null for the first. */
export function usePages<Q, T, P extends Page<T>>(
  question: WatchSource<Q | null>,
  ask: (q: Q, cursor: string | null, signal?: AbortSignal) => Promise<P>,
): Pages<T, P> {
  const { data: first, error: firstError, loading, reload } = useLoad(question, async (q: Q, signal) => {
    const page = await ask(q, null, signal)
    return { q, page }
  })
  const further = shallowRef<P[]>([])
  const moreError = shallowRef<unknown>(null)
  const loadingMore = ref(false)
  watch(first, () => {
    further.value = []
    moreError.value = null
  })

  const cursor = computed(() => (further.value.at(-1) ?? first.value?.page)?.next ?? null)

  async function loadMore(): Promise<void> {
    const start = first.value
    if (start === null || cursor.value === null || loadingMore.value) return
    loadingMore.value = true
    moreError.value = null
    try {
      const page = await ask(start.q, cursor.value)
      if (first.value === start) further.value = [...further.value, page]
    } catch (problem) {
      if (!isAbort(problem)) moreError.value = problem
    } finally {
      loadingMore.value = false
    }
  }

  return {
    first: computed(() => first.value?.page ?? null),
    items: computed(() => [first.value?.page, ...further.value].flatMap((page) => page?.items ?? [])),
    error: computed(() => firstError.value ?? moreError.value),
    hasMore: computed(() => cursor.value !== null),
    loading,
    loadingMore,
    loadMore,
    reload,
  }
}
