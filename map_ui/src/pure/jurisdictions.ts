// Jurisdictions (行政区) as a tree to choose from.
import type { Language } from '@/i18n/languages'
import { nameIn } from './names'

export interface JurisdictionNode {
  value: string
  label: string
  children?: JurisdictionNode[]
}

interface Row {
  code: string
  name: string
  name_en: string | null
  parent_code: string | null
}

/** In the order of codes; one whose parent is not among the rows stands on top. */
export function treeOf(rows: readonly Row[], language: Language): JurisdictionNode[] {
  const inOrder = [...rows].sort((a, b) => a.code.localeCompare(b.code))
  const nodes = new Map(inOrder.map((row): [string, JurisdictionNode] => [row.code, { value: row.code, label: nameIn(language, row) }]))
  const top: JurisdictionNode[] = []
  for (const { code, parent_code: parentCode } of inOrder) {
    const node = nodes.get(code)
    if (!node) continue
    const parent = parentCode === null ? undefined : nodes.get(parentCode)
    if (parent) (parent.children ??= []).push(node)
    else top.push(node)
  }
  return top
}
