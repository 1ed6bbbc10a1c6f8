// Asking the API: JSON in, a readable problem where there is none.

/** What went wrong, in the words of the API where it has some (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number
  readonly title: string | null

  /** `status` 0: the server was not reached; an empty detail: it answered with something else than a problem. */
  constructor(status: number, title: string | null, detail: string) {
    super(detail || title || `status ${status}`)
    this.status = status
    this.title = title
  }
}

/** Get and parse `url`; throws ApiProblem, or an AbortError when `signal` says so. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const answer = await reach(url, signal)
  if (!answer.ok) throw await problemOf(answer)
  try {
    return (await answer.json()) as T
  } catch (error) {
    if (isAbort(error)) throw error
    throw new ApiProblem(answer.status, null, '')
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

async function reach(url: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers: { Accept: 'application/json' }, ...(signal ? { signal } : {}) })
  } catch (error) {
    if (isAbort(error)) throw error
    throw new ApiProblem(0, null, '')
  }
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  try {
    const body = (await answer.json()) as { title?: unknown; detail?: unknown }
    const title = typeof body.title === 'string' ? body.title : null
    const detail = typeof body.detail === 'string' ? body.detail : ''
    return new ApiProblem(answer.status, title, detail)
  } catch {
    return new ApiProblem(answer.status, null, '')
  }
}
