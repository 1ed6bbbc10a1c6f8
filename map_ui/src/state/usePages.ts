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
  /** Read on to the end: a list can only be sorted when it is whole. */
  loadAll: () => Promise<void>
}

export interface PageWish {
  /** Null for the first page. */
  cursor: string | null
  limit: number
}

/** The most that the API gives at once. */
const LARGEST_PAGE = 1000

/** `ask` gets the question and which page of the list is wanted. */
export function usePages<Q, T, P extends Page<T>>(
  question: WatchSource<Q | null>,
  ask: (q: Q, wish: PageWish, signal?: AbortSignal) => Promise<P>,
  pageSize: number,
): Pages<T, P> {
  const { data: first, error: firstError, loading, reload } = useLoad(question, async (q: Q, signal) => {
    const page = await ask(q, { cursor: null, limit: pageSize }, signal)
    return { q, page }
  })
  const further = shallowRef<P[]>([])
  const moreError = shallowRef<unknown>(null)
  const loadingMore = ref(false)
  watch(first, () => {
    further.value = []
    moreError.value = null
  }, { flush: 'sync' }) // else a page could follow upon another list

  const cursor = computed(() => (further.value.at(-1) ?? first.value?.page)?.next ?? null)

  /** The list whose next page is on its way. */
  let reading: typeof first.value = null

  /** Whether a page came. */
  async function loadNext(limit: number): Promise<boolean> {
    const start = first.value
    if (start === null || cursor.value === null || reading === start) return false
    reading = start
    loadingMore.value = true
    moreError.value = null
    try {
      const page = await ask(start.q, { cursor: cursor.value, limit })
      if (first.value === start) further.value = [...further.value, page]
    } catch (problem) {
      if (!isAbort(problem) && first.value === start) moreError.value = problem
    } finally {
      if (reading === start) {
        reading = null
        loadingMore.value = false
      }
    }
    return first.value === start && moreError.value === null
  }

  async function loadAll(): Promise<void> {
    while (await loadNext(LARGEST_PAGE));
  }

  return {
    first: computed(() => first.value?.page ?? null),
    items: computed(() => [first.value?.page, ...further.value].flatMap((page) => page?.items ?? [])),
    error: computed(() => firstError.value ?? moreError.value),
    hasMore: computed(() => cursor.value !== null),
    loading,
    loadingMore,
    loadMore: async () => { await loadNext(pageSize) },
    loadAll,
    reload,
  }
}
