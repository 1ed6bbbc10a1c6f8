// The messages of both languages, and which of them is in use.
import { createI18n } from 'vue-i18n'
import { en } from './en'
import type { Language } from './languages'
import { zhCN } from './zh-CN'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Language,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
})

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
  document.title = `${i18n.global.t('app.name')} · ${i18n.global.t('app.title')}`
}
