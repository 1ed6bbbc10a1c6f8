// Asking again and again for what goes on by itself, until it is over or nobody looks any more.
import { onScopeDispose, watch } from 'vue'
import type { Load } from './useLoad'

/** Ask `waitMs` after each answer, for as long as `goesOn` holds then. */
export function usePoll(load: Pick<Load<unknown>, 'loading' | 'reload'>, goesOn: () => boolean, waitMs: () => number): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  function plan(): void {
    clearTimeout(timer)
    if (!load.loading.value && goesOn()) timer = setTimeout(load.reload, waitMs())
  }
  watch([load.loading, goesOn], plan, { immediate: true })
  onScopeDispose(() => { clearTimeout(timer) })
}
