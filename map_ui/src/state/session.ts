// Who is signed in, and what they may do.
import { computed, shallowRef } from 'vue'
import { getJson, onRefused, sendJson, setCsrf } from '@/api/client'
import type { Capability, Session } from '@/api/access'
import { passwordUrl, sessionUrl } from '@/api/accessUrls'

export const session = shallowRef<Session | null>(null)
export const sessionError = shallowRef<unknown>(null)
/** The session ended while somebody was at work. */
export const ended = shallowRef(false)

/** Signing in elsewhere failed: the server led back here and said so in the address, which says it once. */
export const cameBack = shallowRef(takeFromAddress('sign_in') === 'failed')

export const account = computed(() => session.value?.account ?? null)

export function allows(capability: Capability): boolean {
  return account.value?.capabilities.includes(capability) ?? false
}

export async function loadSession(): Promise<void> {
  sessionError.value = null
  try {
    take(await getJson<Session>(sessionUrl))
  } catch (problem) {
    sessionError.value = problem
  }
}

export async function signIn(login: string, password: string): Promise<void> {
  take(await sendJson<Session>('POST', sessionUrl, { login, password }))
  ended.value = false
  cameBack.value = false
}

/** Nothing of what was read stays in the page's memory. */
export async function signOut(): Promise<void> {
  await sendJson('DELETE', sessionUrl)
  window.location.assign(window.location.pathname)
}

export async function changePassword(old: string, fresh: string): Promise<void> {
  await sendJson('POST', passwordUrl, { old, new: fresh })
  await loadSession()
}

function takeFromAddress(name: string): string | null {
  const address = new URL(window.location.href)
  const said = address.searchParams.get(name)
  if (said === null) return null
  address.searchParams.delete(name)
  window.history.replaceState(window.history.state, '', address)
  return said
}

function take(now: Session): void {
  setCsrf(now.csrf)
  session.value = now
}

/** The session is being asked for; a refusal meanwhile is no news. */
let asking = false

onRefused(() => {
  if (asking) return
  if (session.value?.signed_in) ended.value = true
  // Asked anew, since the sign-in page needs to know of other ways in.
  if (account.value) session.value = { signed_in: false, account: null, csrf: null, oidc: null, demo: null }
  asking = true
  void loadSession().finally(() => (asking = false))
})
