// What entries of the trail tell about a plan or its audits, in words for people: which step it was, and what of it changed.
import type { TrailEntry, Values } from '@/api/access'

export type Deed =
  | 'uploaded' | 'read' | 'repaired' | 'edited' | 'placed' | 'agreed' | 'unplaced' | 'imported' | 'superseded' | 'frozen'
  | 'audited' | 'concluded' | 'lineAccepted' | 'lineRejected' | 'lineReopened'

const OF_LINES: Readonly<Record<string, Deed>> = { accepted: 'lineAccepted', rejected: 'lineRejected', open: 'lineReopened' }
/** What people ask of an upload; the rest follows from it. */
const OF_UPLOAD = ['file_name', 'format', 'size_bytes', 'version', 'unit_name', 'uploaded_by']
/** What only the program needs, or what stands with the entry anyway. */
const UNTOLD = new Set(['revision', 'unit_metres', 'unit_said_by', 'georeference', 'imported_at', 'imported_by', 'frozen_at', 'decided_at', 'decided_by', 'accepted_at', 'accepted_by', 'year', 'running', 'lines_sha256', 'edits'])

/** The step that an entry stands for; null where the plain action says it. */
export function deedOf({ object_kind: kind, action, before, after }: TrailEntry): Deed | null {
  if (action === 'insert') return kind === 'plan' ? 'uploaded' : kind === 'area_audit' ? 'audited' : null
  if (action !== 'update' || !after) return null
  if (kind === 'area_audit') return after['status'] === 'accepted' ? 'concluded' : null
  if (kind === 'area_audit_line') return OF_LINES[String(after['decision'])] ?? null
  return kind === 'plan' ? deedOfPlan(before ?? {}, after) : null
}

function deedOfPlan(before: Values, after: Values): Deed | null {
  if (after['status'] === 'imported' || after['status'] === 'superseded') return after['status']
  if ('reading' in after) return 'read'
  if ('repairs' in after) return 'repaired'
  if ('edits' in after) return 'edited'
  if ('placement' in after) return placedHow(partsOf(before['placement']), after['placement'])
  return after['frozen_at'] && !before['frozen_at'] ? 'frozen' : null
}

/** Somebody agrees to a placement as it was; another one begins without. */
function placedHow(before: Values, after: unknown): Deed {
  if (!after) return 'unplaced'
  return partsOf(after)['agreed'] && !before['agreed'] ? 'agreed' : 'placed'
}

/** The entry with what it changed as people say it: one line a choice, and no shapes. */
export function legible(entry: TrailEntry): TrailEntry {
  if (!['plan', 'area_audit', 'area_audit_line'].includes(entry.object_kind)) return entry
  const { before, after } = entry
  if (!before && after && entry.object_kind === 'plan') return { ...entry, after: Object.fromEntries(OF_UPLOAD.flatMap((column) => (column in after ? [[column, after[column]]] : []))) }
  return { ...entry, before: before && told(before, after), after: after && told(after, before) }
}

function told(values: Values, other: Values | null): Values {
  const found: Values = {}
  for (const [column, value] of Object.entries(values)) {
    if (column === 'reading') Object.assign(found, ofReading(partsOf(value), partsOf(other?.[column])))
    else if (column === 'placement') Object.assign(found, ofPlacement(partsOf(value)))
    else if (column === 'repairs') found['repairs'] = Array.isArray(value) ? value.length : null
    else if (column === 'number') found['audit_number'] = value
    else if (!UNTOLD.has(column)) found[column] = value
  }
  const edits = partsOf(values['edits'])
  if ('edits' in values) Object.assign(found, { rooms_edited: Object.keys(partsOf(edits['rooms'])), rooms_removed: edits['removed'] })
  return found
}

/** What was chosen otherwise; of layers, levels and fields only those. */
function ofReading(chosen: Values, other: Values): Values {
  const differs = Object.entries(chosen).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(other[key]))
  return Object.fromEntries(differs.map(([key, value]) => [`reading_${key}`, inWords(value, other[key])]))
}

function inWords(value: unknown, other: unknown): unknown {
  if (Array.isArray(value)) return value.length
  if (value === null || typeof value !== 'object') return value
  const rest = partsOf(other)
  return Object.entries(value).filter(([key, one]) => JSON.stringify(one) !== JSON.stringify(rest[key])).map(([key, one]) => `${key}: ${Array.isArray(one) ? one.join('+') : String(one)}`)
}

function ofPlacement(placement: Values): Values {
  const rms = placement['rms_m'], points = placement['points']
  return {
    placement_method: placement['method'] ?? null,
    placement_points: Array.isArray(points) && points.length > 0 ? points.length : null,
    placement_rms_m: typeof rms === 'number' ? rms.toFixed(3) : null,
  }
}

function partsOf(value: unknown): Values {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Values) : {}
}
