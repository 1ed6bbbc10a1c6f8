// Loading what a panel shows: one question at a time, an overtaken one is cancelled.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { isAbort } from '@/api/client'
import { returns, wasSignedOut } from './returns'

export interface Load<T> {
  data: Readonly<ShallowRef<T | null>>
  error: Readonly<ShallowRef<unknown>>
  loading: Readonly<Ref<boolean>>
  reload: () => void
}

/** Ask again whenever `question` changes; null asks nothing. The old answer stays until the new one is there. */
export function useLoad<Q, T>(question: WatchSource<Q | null>, ask: (q: Q, signal: AbortSignal) => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<unknown>(null)
  const loading = ref(false)
  const attempt = ref(0)
  /** The session had ended: what is there stays until its owner is back. */
  let lost = false
  let controller: AbortController | null = null

  async function load(q: Q | null): Promise<void> {
    controller?.abort()
    controller = new AbortController()
    const { signal } = controller
    error.value = null
    lost = false
    loading.value = q !== null
    if (q === null) {
      data.value = null
      return
    }
    try {
      const answer = await ask(q, signal)
      if (!signal.aborted) data.value = answer
    } catch (problem) {
      if (signal.aborted || isAbort(problem)) return
      lost = wasSignedOut(problem)
      if (lost) return
      data.value = null
      error.value = problem
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  watch([question, attempt] as const, ([q]) => void load(q as Q | null), { immediate: true })
  watch(returns, () => {
    if (!lost) return
    lost = false
    attempt.value += 1
  })
  onScopeDispose(() => controller?.abort())
  return { data, error, loading, reload: () => { if (!lost) attempt.value += 1 } }
}
