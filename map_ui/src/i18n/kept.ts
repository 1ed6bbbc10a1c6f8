// The language that somebody chose, kept in this browser for addresses that name none.
import { LANGUAGES, type Language } from './languages'

const KEY = 'fangdi.language'

export function keptLanguage(): Language | null {
  try {
    const kept = localStorage.getItem(KEY)
    return LANGUAGES.find((known) => known === kept) ?? null
  } catch {
    return null // a browser may forbid it
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // the address still has it
  }
}
