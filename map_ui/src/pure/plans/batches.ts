// How far a batch of floor plans has come, and which of its files one wants to see.
import type { BatchFile, BatchRow, JobState } from '@/api/planBatches'

export const FILTERS = ['all', 'under_way', 'failed', 'problems', 'done'] as const
export type BatchFilter = (typeof FILTERS)[number]

export const UNDER_WAY: readonly JobState[] = ['waiting', 'running']

/** Nothing more happens by itself. */
export const isOver = (batch: Pick<BatchRow, 'state'>): boolean => !UNDER_WAY.includes(batch.state)

/** How many files could be tried again. */
export const leftOf = ({ files }: Pick<BatchRow, 'files'>): number => files.failed + files.cancelled

type Sought = Pick<BatchFile, 'name' | 'state' | 'findings' | 'building'>

export function fits(file: Sought, filter: BatchFilter): boolean {
  switch (filter) {
    case 'all': return true
    case 'under_way': return UNDER_WAY.includes(file.state)
    case 'failed': return file.state === 'failed'
    case 'problems': return file.state === 'done' && file.findings.error + file.findings.warning > 0
    case 'done': return file.state === 'done'
  }
}

/** Whether words stand in the name of a file or of its building, whatever their case. */
export function isSought(file: Sought, words: string): boolean {
  const wanted = words.trim().toLowerCase()
  return file.name.toLowerCase().includes(wanted) || (file.building?.name.toLowerCase().includes(wanted) ?? false)
}

const LEAST_WAIT_MS = 1500
const MOST_WAIT_MS = 10_000
const WAIT_MS_A_FILE = 5

/** How long to wait before asking again: an answer about many files is long. */
export const waitMs = (files: number): number => Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, files * WAIT_MS_A_FILE))

/** Why a file is not worth sending as a batch, by its size and its first letters; null: it is sent. */
export function batchRefusal(size: number, head: string): 'kind' | 'empty' | null {
  if (size === 0) return 'empty'
  return head.startsWith('PK') ? null : 'kind'
}
