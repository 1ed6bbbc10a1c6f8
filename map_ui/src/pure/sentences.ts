// Sentences of the API that say the same in Chinese and English, one after the other.
import type { Language } from '@/i18n/languages'

/** Chinese first, perhaps a slash, then English to the end. */
const BOTH = /^(?<zh>.*[\u3002\uff01\uff1f\u4e00-\u9fff)”])\s*\/?\s+(?<en>[A-Z“][^\u4e00-\u9fff]*)$/su

/** The part in the language of the page; all of it where it is in one language only. */
export function sentenceIn(language: Language, text: string): string {
  const { zh, en } = BOTH.exec(text)?.groups ?? {}
  return (language === 'en' ? en : zh)?.trim() ?? text
}
