// What an import would do, in the order in which it matters: what people lose comes first.
import type { Change, ChangeKind } from '@/api/plans'

export const KINDS = ['removed', 'split', 'merged', 'changed', 'added', 'kept'] as const satisfies ChangeKind[]

export const losing = (change: Change): boolean => change.loses.length > 0

export function ordered(changes: readonly Change[], kind: ChangeKind | null): Change[] {
  const rank = (change: Change): number => (losing(change) ? -1 : KINDS.indexOf(change.kind))
  const wanted = kind === null ? changes : changes.filter((change) => change.kind === kind)
  return [...wanted].sort((a, b) => rank(a) - rank(b))
}
