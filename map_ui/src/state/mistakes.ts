// What is typed and cannot be taken: each field says it beside itself, and the form around it asks before it sends.
import { computed, inject, onScopeDispose, provide, shallowReactive, type ComputedRef, type InjectionKey, type Ref } from 'vue'

type Mistake = Readonly<Ref<string | null>>
const KEY: InjectionKey<Set<Mistake>> = Symbol('mistakes')

/** For a form: whether any field within it holds what cannot be taken. */
export function useMistakes(): ComputedRef<boolean> {
  const fields = shallowReactive(new Set<Mistake>())
  provide(KEY, fields)
  return computed(() => [...fields].some((mistake) => mistake.value !== null))
}

/** For a field: tell the form, if it is in one, what is wrong with what was typed. */
export function tellMistake(mistake: Mistake): void {
  const fields = inject(KEY, null)
  fields?.add(mistake)
  onScopeDispose(() => fields?.delete(mistake))
}
