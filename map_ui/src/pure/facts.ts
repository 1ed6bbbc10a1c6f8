// A fact as the details show it: a label, a value already written out, and where it leads.
import type { ObjectRef } from '@/state/model'

export interface Fact {
  label: string
  value: string | null | undefined
  unit?: string
  swatch?: string
  link?: ObjectRef
}

/** Facts that have a value; the others say nothing. */
export function known(facts: readonly Fact[]): Fact[] {
  return facts.filter((fact) => fact.value !== null && fact.value !== undefined && fact.value !== '')
}
