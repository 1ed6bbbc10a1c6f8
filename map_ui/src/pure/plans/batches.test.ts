import { describe, expect, it } from 'vitest'
import { batchRefusal, fits, isOver, isSought, waitMs } from './batches'
import type { BatchFile, JobState } from '@/api/planBatches'

function file(state: JobState, findings: Partial<BatchFile['findings']> = {}): BatchFile {
  return {
    id: 1, name: '图/B0012/三层.DXF', building: { id: 5, name: '一号楼' }, reading: {}, size_bytes: 1, sha256: '', state, message: null,
    plan_id: null, rooms: null, findings: { error: 0, warning: 0, note: 0, ...findings }, started_at: null, ended_at: null,
  }
}

describe('the files of a batch', () => {
  it('are under way until they are done, failed or cancelled', () => {
    const states: JobState[] = ['waiting', 'running', 'done', 'failed', 'cancelled']
    expect(states.filter((state) => fits(file(state), 'under_way'))).toEqual(['waiting', 'running'])
    expect(states.filter((state) => isOver({ state }))).toEqual(['done', 'failed', 'cancelled'])
  })
  it('have problems when they became a draft with errors or warnings, not with notes', () => {
    expect(fits(file('done', { warning: 1 }), 'problems')).toBe(true)
    expect(fits(file('done', { note: 3 }), 'problems')).toBe(false)
    expect(fits(file('failed', { error: 1 }), 'problems')).toBe(false)
  })
  it('are found by part of their name, folder or building', () => {
    expect(['三层.dxf', ' b0012 ', '一号', ''].map((words) => isSought(file('done'), words))).toEqual([true, true, true, true])
    expect(isSought(file('done'), '四层')).toBe(false)
  })
})

describe('watching a batch', () => {
  it('asks less often about many files', () => {
    expect(waitMs(3)).toBe(1500)
    expect(waitMs(1000)).toBe(5000) // 5 ms a file
    expect(waitMs(2000)).toBe(10_000)
  })
})

describe('a file that is no zip', () => {
  it('is not sent', () => {
    expect(batchRefusal(0, '')).toBe('empty')
    expect(batchRefusal(9, 'Rar!')).toBe('kind')
    expect(batchRefusal(9, 'PK\u0003\u0004')).toBeNull()
  })
})
