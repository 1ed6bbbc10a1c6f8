// Norm figures in the words of the page.
import { useI18n } from 'vue-i18n'
import type { Norm, NormRef } from '@/api/norms'
import { useWords } from '@/details/useWords'
import { nameIn } from '@/pure/names'
import { writtenFigure } from '@/pure/norms'
import { vocabulary } from '@/state/city'
import { nameOf } from '@/state/names'
import { view } from '@/state/navigation'

type Valued = Pick<Norm, 'figure' | 'unit' | 'upto' | 'beyond_from' | 'figure_beyond'>

export interface NormWords {
  /** The figure with its steps, without its unit. */
  value: (norm: Valued) => string
  unit: (norm: Pick<Norm, 'unit' | 'unit_name' | 'figure'>) => string
  place: (norm: Pick<Norm, 'jurisdiction_code' | 'jurisdiction' | 'jurisdiction_en'>) => string
  /** What the figure is about, by kind, level and rank. */
  subject: (norm: Pick<Norm, 'kind_name' | 'level' | 'rank'>) => string
  title: (source: { title: string; title_en: string }) => string
  /** The figure of a calculation, with its unit. */
  ofRef: (norm: NormRef) => string
}

export function useNormWords(): NormWords {
  const { t } = useI18n()
  const words = useWords()
  const title: NormWords['title'] = ({ title: zh, title_en: en }) => words.pick({ zh, en }) ?? zh
  const unit: NormWords['unit'] = (norm) => {
    if (norm.unit === 'ratio') return ''
    return norm.unit === 'months' && norm.figure === 1 ? t('norms.month') : (words.pick(norm.unit_name) ?? '')
  }
  return {
    value: (norm) => {
      const low = writtenFigure(norm.figure, norm.unit)
      if (norm.figure_beyond === null || norm.upto === null) return low
      const high = writtenFigure(norm.figure_beyond, norm.unit)
      if (norm.beyond_from !== null) return t('norms.linear', { upto: norm.upto, low, from: norm.beyond_from, high })
      return t(norm.unit === 'gross_m2_per_place' ? 'norms.excess.place' : 'norms.excess.person', { upto: norm.upto, low, high })
    },
    unit,
    place: (norm) => {
      if (norm.jurisdiction_code === null) return t('norms.country')
      const name = norm.jurisdiction ?? norm.jurisdiction_code
      return norm.jurisdiction_en ? nameIn(view.language, { name, name_en: norm.jurisdiction_en }) : nameOf('jurisdiction', norm.jurisdiction_code, name)
    },
    subject: (norm) => [words.pick(norm.kind_name), words.word('levels', norm.level), words.pick(norm.rank)].filter(Boolean).join(' · '),
    title,
    ofRef: (norm) => {
      const known = vocabulary.value?.norm_kinds.find((one) => one.code === norm.kind)
      return [writtenFigure(norm.figure, known?.unit ?? 'usable_m2'), known?.unit === 'ratio' ? null : words.pick(norm.unit_name)].filter(Boolean).join(' ')
    },
  }
}
