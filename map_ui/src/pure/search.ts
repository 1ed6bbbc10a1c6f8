// Suggestions of the search box, put together by kind.
import type { SearchItem } from '@/api/types'
import type { Kind } from '@/state/model'

export interface SearchGroup {
  kind: Kind
  items: SearchItem[]
}

/** Groups in the order in which their first item was found: the API lists the best answers first. */
export function grouped(items: readonly SearchItem[]): SearchGroup[] {
  const groups = new Map<Kind, SearchItem[]>()
  for (const item of items) groups.set(item.kind, [...(groups.get(item.kind) ?? []), item])
  return [...groups].map(([kind, members]) => ({ kind, items: members }))
}
