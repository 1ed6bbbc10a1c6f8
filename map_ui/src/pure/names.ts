// Names of places and agencies in the language of the page: names are data, so an English one may be missing.
import type { Language } from '@/i18n/languages'

/** The name in English where there is one and the page is in English, else the Chinese name. */
export function nameIn(language: Language, named: { name: string; name_en?: string | null | undefined }): string {
  return (language === 'en' && named.name_en) || named.name
}
