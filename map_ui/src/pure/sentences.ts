// Sentences of the API that say the same in Chinese and English, one after the other.
import type { Language } from '@/i18n/languages'

/** Chinese up to its full stop, perhaps a slash, then English up to a full stop that ends the text or that a Chinese sentence follows. */
const PAIR = /(?<zh>\S[^]*?[\u3002\uff01\uff1f][”」]?)\s*\/?\s+(?<en>[^]*?[.!?][”)]?)(?=\s+(?:[^.!?]|[.!?](?=\S))*[\u3002\uff01\uff1f]|\s*$)/gu
/** Of words without a full stop: Chinese first, perhaps a slash, then English to the end. */
const BOTH = /^(?<zh>.*[\u3002\uff01\uff1f\u4e00-\u9fff)”])\s*\/?\s+(?<en>[A-Z“][^\u4e00-\u9fff]*)$/su

/** The part in the language of the page, of one such sentence or several; all of it where it is in one language only. */
export function sentenceIn(language: Language, text: string): string {
  const pairs = [...text.matchAll(PAIR)].map(({ groups }) => groups ?? {})
  const key = language === 'en' ? 'en' : 'zh'
  if (pairs.length > 0 && text.replace(PAIR, '').trim() === '') return pairs.map((pair) => pair[key]).join(language === 'en' ? ' ' : '')
  return BOTH.exec(text)?.groups?.[key]?.trim() ?? text
}
