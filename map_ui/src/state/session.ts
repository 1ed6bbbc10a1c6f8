// Who is signed in, and what they may do.
import { shallowRef } from 'vue'
import { getJson, onRefused, sendJson, setCsrf } from '@/api/client'
import type { Capability, Session, SessionAccount } from '@/api/access'
import { passwordUrl, sessionUrl } from '@/api/accessUrls'
import { returns } from './returns'

/** What the server said last. */
export const session = shallowRef<Session | null>(null)
export const sessionError = shallowRef<unknown>(null)
/** The session ended while somebody was at work. */
export const ended = shallowRef(false)
/** Whose page it is. Who was at work when the session ended keeps it, unseen, until somebody signs in. */
export const account = shallowRef<SessionAccount | null>(null)

/** Signing in elsewhere failed: the server led back here and said so in the address, which says it once. */
export const cameBack = shallowRef(takeFromAddress('sign_in') === 'failed')

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
  if (now.account === null) {
    if (!ended.value) account.value = null
    return
  }
  const back = ended.value && account.value?.id === now.account.id
  account.value = now.account
  ended.value = false
  if (back) returns.value += 1
}

/** The session is being asked for; a refusal meanwhile is no news. */
let asking = false

onRefused(() => {
  if (asking || ended.value) return
  if (session.value?.signed_in) ended.value = true
  // Asked anew, since the sign-in page needs to know of other ways in.
  if (ended.value) session.value = { signed_in: false, account: null, csrf: null, oidc: null, demo: null }
  asking = true
  void loadSession().finally(() => (asking = false))
})
