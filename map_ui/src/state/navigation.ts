// The view of the page, kept in step with the address: reload, back and sent links show the same.
import { reactive, watch } from 'vue'
import { decodeHash, encodeHash } from './hash'
import { keepLanguage, keptLanguage } from '@/i18n/kept'
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

/** The other language, from now on in this browser. */
export function switchLanguage(): void {
  view.language = view.language === 'en' ? 'zh-CN' : 'en'
  keepLanguage(view.language)
}

/** Read the address, then follow it both ways until the returned function is called. */
export function startNavigation(): () => void {
  const readAddress = (): void => {
    Object.assign(view, decodeHash(window.location.hash, keptLanguage()))
  }
  const stopWriting = watch(
    view,
    () => {
      const next = encodeHash(view)
      if (next === window.location.hash) return
      // Moving the map must not fill the history: only steps that a person would want to take back are kept.
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

function isStep(before: View, after: View): boolean {
  const chosen = (view: View): string => [view.panel, view.page, view.account, view.plan, view.step, view.building, view.batch, view.norm, view.finding, view.indicator, view.agency, view.asOf, view.jurisdiction].join()
  return !sameRef(before.selected, after.selected) || chosen(before) !== chosen(after)
}
