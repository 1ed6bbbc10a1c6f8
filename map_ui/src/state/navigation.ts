// The view of the page, kept in step with the address: reload, back and sent links show the same.
import { reactive, watch } from 'vue'
import { decodeHash, encodeHash } from './hash'
import { keepLanguage, keptLanguage } from '@/i18n/kept'
import { boardAtFirst } from '@/pure/findings'
import { defaultView, sameRef, type ObjectRef, type View } from './model'

export const view = reactive<View>(defaultView())

export function select(ref: ObjectRef | null): void {
  if (!sameRef(view.selected, ref)) view.selected = ref
}

/** Show a finding beside the board. */
export function openFinding(id: number): void {
  view.finding = id
  view.page = 'findings'
}

/** Show the whole board. */
export function openBoard(): void {
  view.board = boardAtFirst()
  view.page = 'findings'
}

/** The other language, from now on in this browser. */
export function switchLanguage(): void {
  view.language = view.language === 'en' ? 'zh-CN' : 'en'
  keepLanguage(view.language)
}

/** As for somebody who has just come: nothing of where another one was. */
export function beginAnew(): void {
  take({ ...defaultView(), language: view.language })
}

/** Read the address, then follow it both ways until the returned function is called. */
export function startNavigation(): () => void {
  const readAddress = (): void => {
    take(decodeHash(window.location.hash, keptLanguage()))
  }
  const stopWriting = watch(
    view,
    () => {
      const next = encodeHash(view)
      if (next === window.location.hash) return
      // Moving the map and typing must not fill the history: only steps that a person would want to take back are kept.
      if (isStep(decodeHash(window.location.hash), view)) window.history.pushState(null, '', next)
      else window.history.replaceState(null, '', next)
    },
    { flush: 'post' },
  )
  readAddress()
  window.addEventListener('popstate', readAddress)
  return () => {
    stopWriting()
    window.removeEventListener('popstate', readAddress)
  }
}

/** What stayed the same is left alone, so that nothing is asked again because of it. */
function take(next: View): void {
  const changed = Object.entries(next).filter(([part, value]) => JSON.stringify(value) !== JSON.stringify(view[part as keyof View]))
  Object.assign(view, Object.fromEntries(changed))
}

function isStep(before: View, after: View): boolean {
  const { camera, level, theme, basis, language, sought } = defaultView()
  const chosen = (view: View): string => encodeHash({ ...view, camera, level, theme, basis, language, sought })
  return chosen(before) !== chosen(after)
}
