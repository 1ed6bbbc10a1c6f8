// How a rate reads: its figure and unit, and for which buildings it is.
import { useI18n } from 'vue-i18n'
import type { CostKindWord, CostRate } from '@/api/costs'
import { useWords } from '@/details/useWords'
import { formatFigure } from '@/pure/format'
import { nameOf } from '@/state/names'

export interface RateWords {
  value: (rate: { figure: number; unit: CostKindWord['unit'] }) => string
  unit: (rate: Pick<CostKindWord, 'unit' | 'unit_name'>) => string
  scope: (rate: CostRate) => string
}

export function useRateWords(): RateWords {
  const { t } = useI18n()
  const words = useWords()
  return {
    value: ({ figure, unit }) => formatFigure(unit === 'ratio' ? Math.round(figure * 1e6) / 1e4 : figure),
    unit: ({ unit, unit_name }) => (unit === 'ratio' ? t('costs.percent') : (words.pick(unit_name) ?? '')),
    scope: (rate) => {
      if (rate.building_id !== null) return nameOf('building', rate.building_id, rate.building ?? '')
      const place = rate.jurisdiction_code === null ? t('costs.everywhere') : nameOf('jurisdiction', rate.jurisdiction_code, rate.jurisdiction ?? '')
      const structure = rate.structure === null ? null : t(`structure.${rate.structure}`)
      const lift = rate.has_lift === null ? null : t(rate.has_lift ? 'costs.withLift' : 'costs.withoutLift')
      return [place, structure, lift].filter(Boolean).join(' · ')
    },
  }
}
