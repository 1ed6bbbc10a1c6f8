// Sorting of tables: figures by size, words by the rules of the language, missing values always last.

export type Cell = string | number | null | undefined

export interface Order {
  key: string
  descending: boolean
}

/** Rows in the wanted order; rows that compare equal keep theirs. */
export function sorted<R>(rows: readonly R[], order: Order | null, cell: (row: R, key: string) => Cell, language: string): R[] {
  if (order === null) return [...rows]
  const words = new Intl.Collator(language, { numeric: true })
  const sign = order.descending ? -1 : 1
  return [...rows].sort((left, right) => {
    const a = cell(left, order.key)
    const b = cell(right, order.key)
    const aMissing = a === null || a === undefined
    const bMissing = b === null || b === undefined
    if (aMissing || bMissing) return Number(aMissing) - Number(bMissing)
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b)))
  })
}

/** What a click on a heading does: first one way, then the other, then the order of the API again. */
export function nextOrder(order: Order | null, key: string, descendingFirst: boolean): Order | null {
  if (order?.key !== key) return { key, descending: descendingFirst }
  return order.descending === descendingFirst ? { key, descending: !descendingFirst } : null
}
