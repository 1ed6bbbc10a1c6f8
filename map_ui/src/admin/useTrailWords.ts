// Words for what the trail holds: kinds of objects, actions, ways in and columns.
import { useI18n } from 'vue-i18n'
import type { TrailEntry } from '@/api/access'
import { useWords } from '@/details/useWords'
import { plain } from '@/pure/changes'
import { dayOf, momentOf } from '@/pure/moments'
import { deedOf } from '@/pure/plans/history'
import { vocabulary } from '@/state/city'

const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/

/** Columns whose codes stand in word lists of the API. */
const LISTS = { kind: ['norm_kinds', 'agency_kinds'], verification: ['certainties'], rank_code: ['ranks'], level: ['levels'] } as const

export interface TrailWords {
  action: (action: string) => string
  /** What was done, by the step that it was of a plan's way. */
  deed: (entry: TrailEntry) => string
  kind: (kind: string) => string
  via: (via: string) => string
  column: (column: string) => string
  /** The value in words; of an id the name with it, where the entry has one. */
  value: (column: string, value: unknown, names?: Readonly<Record<string, string>>) => string
  object: (entry: TrailEntry) => string
}

export function useTrailWords(): TrailWords {
  const { t, te } = useI18n()
  const { pick } = useWords()
  const word = (group: string, key: string): string => (te(`trail.${group}.${key}`) ? t(`trail.${group}.${key}`) : key.replaceAll('_', ' '))
  const kind = (key: string): string => word('kinds', key)
  return {
    action: (action) => word('actions', action),
    deed: (entry) => {
      const deed = deedOf(entry)
      return deed === null ? word('actions', entry.action) : t(`trail.deeds.${deed}`)
    },
    kind,
    via: (via) => word('via', via),
    column: (column) => word('columns', column),
    value: (column, value, names) => {
      if (typeof value === 'boolean') return t(value ? 'trail.yes' : 'trail.no')
      const text = plain(value)
      if (text === null) return t('trail.empty')
      if (column === 'capabilities' && Array.isArray(value)) return value.map((one) => capability(String(one))).join(t('access.comma'))
      if (column === 'role') return word('roles', text)
      if (te(`trail.values.${column}.${text}`)) return t(`trail.values.${column}.${text}`)
      const said = listed(column, text)
      if (said !== null) return said
      if (MOMENT.test(text) && !Number.isNaN(Date.parse(text))) return momentOf(text)
      const name = names?.[`${/(?:.*_)?([a-z]+)_(?:id|code)$/.exec(column)?.[1] ?? ''}:${text}`]
      if (name !== undefined) return `${name} (${text})`
      return column === 'valid' ? period(text) : text
    },
    object: (entry) => [kind(entry.object_kind), nameOf(entry) ?? (entry.object_id === null ? null : `#${String(entry.object_id)}`)].filter(Boolean).join(' '),
  }

  function listed(column: string, code: string): string | null {
    const lists = column in LISTS ? LISTS[column as keyof typeof LISTS] : []
    return pick(lists.flatMap((list) => [...(vocabulary.value?.[list] ?? [])]).find((one) => one.code === code))
  }

  /** Norm figures have no name: the database calls them by the codes of their kind, level and rank. */
  function nameOf(entry: TrailEntry): string | null {
    if (entry.object_kind === 'cost_rate' && entry.object_name !== null) return entry.object_name.replace(/^\w+/, (code) => (te(`trail.values.kind.${code}`) ? t(`trail.values.kind.${code}`) : code))
    if (entry.object_kind !== 'norm' || entry.object_name === null) return entry.object_name
    const codes = entry.object_name.split(' ')
    return codes.map((code) => listed('kind', code) ?? listed('level', code) ?? listed('rank_code', code) ?? code).join(' · ')
  }

  function capability(key: string): string {
    return te(`access.capability.${key}`) ? t(`access.capability.${key}`) : key
  }

  /** The database writes [first day, day after the last). */
  function period(text: string): string {
    const [, since, until] = /^[[(]([^,]*),([^)\]]*)[)\]]$/.exec(text) ?? []
    if (since === undefined || until === undefined) return text
    const last = until === '' ? t('access.noEnd') : dayOf(new Date(Date.parse(`${until}T12:00`) - 86_400_000).toISOString())
    return `${since || '…'} – ${last}`
  }
}
