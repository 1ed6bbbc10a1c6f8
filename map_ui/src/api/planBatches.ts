// What the API says about batches of floor plans, and where.
import type { components } from './schema'
import { withQuery, type Query } from './urls'

type Schemas = components['schemas']

export type BatchRow = Schemas['BatchRow']
export type Batch = Schemas['BatchDetail']
export type BatchFile = Schemas['BatchFile']
export type JobState = Schemas['JobState']

const BATCHES = '/api/v1/plan-batches'
export const batchesUrl = (query: Query = {}): string => withQuery(BATCHES, query)
export const batchUrl = (id: number): string => `${BATCHES}/${id}`
export const batchActUrl = (id: number, act: 'cancel' | 'resume'): string => `${batchUrl(id)}/${act}`
