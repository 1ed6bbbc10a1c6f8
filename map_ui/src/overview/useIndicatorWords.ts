// Indicators in the words of the page.
import { useI18n } from 'vue-i18n'
import type { IndicatorAbout, IndicatorRow, IndicatorUnit } from '@/api/indicators'
import { useWords } from '@/details/useWords'
import { nameOf } from '@/state/names'

export interface IndicatorWords {
  name: (about: Pick<IndicatorAbout, 'name'>) => string
  /** Name of the thing of a row; a finding goes by whom or what it concerns. */
  row: (row: IndicatorRow) => string
  /** What stands beside a figure; a count stands alone. */
  unit: (unit: IndicatorUnit) => string
  pick: ReturnType<typeof useWords>['pick']
}

export function useIndicatorWords(): IndicatorWords {
  const { t } = useI18n()
  const { pick } = useWords()
  const row = (one: IndicatorRow): string => (one.kind === 'finding' ? one.name : nameOf(one.kind, one.id, one.name))
  return { row, name: (about) => pick(about.name) ?? '', unit: (unit) => (unit === 'count' ? '' : t(`overview.unitOf.${unit}`)), pick }
}
