// Sending a change: once at a time, with what went wrong beside the form it was sent from.
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { returns, wasSignedOut } from './returns'

export interface Send {
  busy: Readonly<Ref<boolean>>
  error: ShallowRef<unknown>
  /** Whether it went well. */
  send: (act: () => Promise<unknown>) => Promise<boolean>
}

export function useSend(): Send {
  const busy = ref(false)
  const error = shallowRef<unknown>(null)
  // Who has signed in again can send it now.
  watch(returns, () => { if (wasSignedOut(error.value)) error.value = null })
  async function send(act: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = null
    try {
      await act()
      return true
    } catch (problem) {
      error.value = problem
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, error, send }
}
