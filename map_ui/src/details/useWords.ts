// Words of the API's code lists in the language of the page.
import { useI18n } from 'vue-i18n'
import { lastDay } from '@/pure/format'
import { entryOf, type LegendGroup } from '@/pure/legend'
import { today } from '@/pure/moments'
import { vocabulary } from '@/state/city'
import { view } from '@/state/navigation'

interface Labelled {
  zh: string
  en: string
}

export interface Words {
  pick: (labels: Labelled | null | undefined) => string | null
  legend: (group: LegendGroup, key: string | null | undefined) => string | null
  word: (list: 'room_uses' | 'ranks' | 'agency_kinds' | 'levels', code: string | null | undefined) => string | null
  /** From the first day to the last; `until` is the day after it, as the API has it. */
  period: (since: string | null, until: string | null) => string
  yesNo: (value: boolean | null) => string | null
}

export function useWords(): Words {
  const { t } = useI18n()
  const pick: Words['pick'] = (labels) => (labels ? labels[view.language === 'en' ? 'en' : 'zh'] : null)
  return {
    pick,
    legend: (group, key) => (key ? (pick(entryOf(group, key)) ?? key) : null),
    word: (list, code) => (code ? (pick(vocabulary.value?.[list].find((word) => word.code === code)) ?? code) : null),
    period: (since, until) =>
      (since !== null && until === null && since > today()
        ? t('details.onwards', { since })
        : `${since ?? t('details.begin')} – ${until === null ? t('details.now') : lastDay(until)}`),
    yesNo: (value) => (value === null ? null : t(value ? 'details.yes' : 'details.no')),
  }
}
