// Indicators in the words of the page.
import { useI18n } from 'vue-i18n'
import type { IndicatorAbout, IndicatorUnit } from '@/api/indicators'
import { useWords } from '@/details/useWords'

export interface IndicatorWords {
  name: (about: Pick<IndicatorAbout, 'name'>) => string
  /** What stands beside a figure; a count stands alone. */
  unit: (unit: IndicatorUnit) => string
  pick: ReturnType<typeof useWords>['pick']
}

export function useIndicatorWords(): IndicatorWords {
  const { t } = useI18n()
  const { pick } = useWords()
  return { name: (about) => pick(about.name) ?? '', unit: (unit) => (unit === 'count' ? '' : t(`overview.unitOf.${unit}`)), pick }
}
