// Asking the API: JSON in and out, a readable problem where there is none.

/** What went wrong, in the words of the API where it has some (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number
  readonly title: string | null
  /** Last part of the problem's type, as `sign-in-failed`. */
  readonly type: string | null
  /** How long to wait before asking again. */
  readonly retryAfterSeconds: number | null
  /** What is wrong with which field of what was sent. */
  readonly faults: Readonly<Record<string, string>>

  /** `status` 0: the server was not reached; an empty detail: it answered with something else than a problem. */
  constructor(status: number, title: string | null, detail: string, more: { type?: string | null; retryAfterSeconds?: number | null; faults?: Record<string, string> } = {}) {
    super(detail || title || `status ${status}`)
    this.status = status
    this.title = title
    this.type = more.type ?? null
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
    this.faults = more.faults ?? {}
  }
}

type Change = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What the state of the session gives to every request. */
const session = { csrf: null as string | null, refused: (): void => undefined }

/** Value that proves a change to come from this page; kept in memory alone. */
export function setCsrf(csrf: string | null): void {
  session.csrf = csrf
}

/** Headers that prove a change to come from this page. */
export function proof(): Record<string, string> {
  return session.csrf === null ? {} : { 'X-CSRF-Token': session.csrf }
}

/** Whom to tell that the API no longer knows who is asking. */
export function onRefused(tell: () => void): void {
  session.refused = tell
}

/** The API no longer knows who is asking: lead to the sign-in page. */
export function tellRefused(): void {
  session.refused()
}

/** Get and parse `url`; throws ApiProblem, or an AbortError when `signal` says so. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const answer = await reach(url, { headers: { Accept: 'application/json' }, ...(signal ? { signal } : {}) })
  return parsed<T>(answer)
}

/** Get a file and the name that the server gave it. */
export async function getFile(url: string): Promise<{ name: string; content: Blob }> {
  const answer = await reach(url, {})
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1]
  return { name: name ?? 'file', content: await answer.blob() }
}

/** Change something; the answer is null where the API has nothing to say. */
export async function sendJson<T = null>(method: Change, url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...proof() }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const sent = { ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal ? { signal } : {}) }
  const answer = await reach(url, { method, headers, ...sent })
  return answer.status === 204 ? (null as T) : parsed<T>(answer)
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/** What was to be changed is gone, or is no longer as it was when it was read. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 404 || error.status === 409)
}

async function parsed<T>(answer: Response): Promise<T> {
  try {
    return (await answer.json()) as T
  } catch (error) {
    if (isAbort(error)) throw error
    throw new ApiProblem(answer.status, null, '')
  }
}

/** Throws ApiProblem unless the answer is a good one. */
async function reach(url: string, init: RequestInit): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(url, init)
  } catch (error) {
    if (isAbort(error)) throw error
    throw new ApiProblem(0, null, '')
  }
  if (answer.ok) return answer
  throw await refusal(answer)
}

/** What a refusal says; one that concerns the session leads to the sign-in page. */
export async function refusal(answer: Response): Promise<ApiProblem> {
  const problem = await problemOf(answer)
  // A wrong password is refused as well, but says nothing about the session.
  if (problem.status === 401 && problem.type !== 'sign-in-failed') tellRefused()
  return problem
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  const wait = Number(answer.headers.get('Retry-After') ?? Number.NaN)
  const retryAfterSeconds = Number.isFinite(wait) ? wait : null
  try {
    const body = (await answer.json()) as { type?: unknown; title?: unknown; detail?: unknown; place?: unknown; errors?: unknown }
    const title = typeof body.title === 'string' ? body.title : null
    const detail = typeof body.detail === 'string' ? body.detail : ''
    const type = typeof body.type === 'string' ? (body.type.split(':').at(-1) ?? null) : null
    return new ApiProblem(answer.status, title, detail, { type, retryAfterSeconds, faults: faultsOf(body, detail) })
  } catch {
    return new ApiProblem(answer.status, null, '', { retryAfterSeconds })
  }
}

/** The API lists faults of shape one by one; of a rule that was broken it names the one field. */
function faultsOf(body: { place?: unknown; errors?: unknown }, detail: string): Record<string, string> {
  const listed = Array.isArray(body.errors) ? (body.errors as { field?: unknown; message?: unknown }[]) : []
  const faults = listed.flatMap(({ field, message }): [string, string][] => (typeof field === 'string' && typeof message === 'string' ? [[field, message]] : []))
  const named = (body.place as { field?: unknown } | undefined)?.field
  return Object.fromEntries(faults.length === 0 && typeof named === 'string' ? [[named, detail]] : faults)
}
