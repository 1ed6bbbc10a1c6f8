import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem, getFile, getJson } from './client'

function serverAnswers(answer: () => Response): void {
  vi.stubGlobal('fetch', () => Promise.resolve(answer()))
}

async function problemFrom(url: string): Promise<ApiProblem> {
  const error: unknown = await getJson(url).catch((thrown: unknown) => thrown)
  if (!(error instanceof ApiProblem)) throw new Error('expected a problem')
  return error
}

describe('asking the API', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('returns what the API says', async () => {
    serverAnswers(() => Response.json({ items: [1] }))
    expect(await getJson('/x')).toEqual({ items: [1] })
  })
  it('passes on the sentence of a problem', async () => {
    serverAnswers(() => Response.json({ title: 'Bad value', detail: 'Give radius_m above 0.' }, { status: 422 }))
    const problem = await problemFrom('/x')
    expect([problem.status, problem.title, problem.message]).toEqual([422, 'Bad value', 'Give radius_m above 0.'])
  })
  it('returns a file by the name that the server gave it', async () => {
    serverAnswers(() => new Response('%PDF-', { headers: { 'Content-Disposition': 'attachment; filename="audit-7.pdf"' } }))
    const { name, content } = await getFile('/x')
    expect([name, await content.text()]).toEqual(['audit-7.pdf', '%PDF-'])
  })
  it('says so when the answer is no problem document', async () => {
    serverAnswers(() => new Response('<html>', { status: 502 }))
    expect((await problemFrom('/x')).status).toBe(502)
  })
  it('says so when the answer is no JSON', async () => {
    serverAnswers(() => new Response('<html>', { status: 200 }))
    expect((await problemFrom('/x')).title).toBeNull()
  })
  it('tells an unreachable server by status 0', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    expect((await problemFrom('/x')).status).toBe(0)
  })
  it('lets a cancelled question pass as cancelled', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('gone', 'AbortError')))
    await expect(getJson('/x')).rejects.toHaveProperty('name', 'AbortError')
  })
})
