// What an entry of the trail changed, field by field, and entries as lines of a CSV file.
import type { TrailEntry, Values } from '@/api/access'

export interface Change {
  column: string
  before: unknown
  after: unknown
}

/** Columns that only repeat what the entry says anyway. */
const IDENTITY = new Set(['id'])

/** Fields that differ, in the order in which they were written. */
export function changesOf(before: Values | null, after: Values | null): Change[] {
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return columns
    .filter((column) => !IDENTITY.has(column))
    .map((column) => ({ column, before: before?.[column] ?? null, after: after?.[column] ?? null }))
    .filter((change) => plain(change.before) !== plain(change.after))
}

/** A value as text that people can read; null for nothing. */
export function plain(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.map((one) => plain(one) ?? '').join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value as string | number | boolean)
}

/** Text of a CSV file (RFC 4180), with the mark by which Excel knows UTF-8. */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** What begins like a formula is kept from being one, since names come from people. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** What was changed, in one line. */
export function changesInWords(entry: TrailEntry, label: (column: string) => string): string {
  return changesOf(entry.before, entry.after)
    .map((change) => `${label(change.column)}: ${plain(change.before) ?? '—'} → ${plain(change.after) ?? '—'}`)
    .join('; ')
}
