// Findings in the words of the page.
import { useI18n } from 'vue-i18n'
import type { FindingFigure, FindingRow } from '@/api/findings'
import { useWords } from '@/details/useWords'
import { formatArea, formatCount, formatDistance, formatPercent } from '@/pure/format'
import { nameOf } from '@/state/names'

export interface FindingWords {
  /** What the finding is about, as people call it. */
  object: (row: FindingRow) => string
  agency: (row: FindingRow) => string
  /** How far beyond, with its unit. */
  measure: (row: Pick<FindingRow, 'measure' | 'unit'>) => string
  /** The same, with what it is of what is allowed where that is known. */
  excess: (row: Pick<FindingRow, 'measure' | 'unit' | 'over_rate'>) => string
  figure: (figure: FindingFigure) => string
}

export function useFindingWords(): FindingWords {
  const { t } = useI18n()
  const words = useWords()
  const building = (row: FindingRow): string => (row.building_id !== null && row.building ? nameOf('building', row.building_id, row.building) : '')
  const agency = (row: FindingRow): string => (row.agency_id !== null && row.agency ? nameOf('agency', row.agency_id, row.agency) : '')
  const measure: FindingWords['measure'] = ({ measure: far, unit }) => {
    if (far === null || unit === null) return '—'
    return unit === 'm2' ? `${formatArea(far)} ${t('units.m2')}` : t(`findings.unitOf.${unit}`, { n: formatCount(far) })
  }
  const person = (row: FindingRow): string => [row.person_key, row.rank ? words.pick({ zh: row.rank, en: row.rank_en ?? row.rank }) : null].filter(Boolean).join(' ')
  const PARTS = ['office', 'service', 'equipment', 'basic']
  return {
    agency,
    object: (row) => {
      const part = row.subject.replace('+classified', '')
      const named = {
        agency: [agency(row), PARTS.includes(part) ? t(`norms.approved.partOf.${part}`) : '', row.subject.endsWith('+classified') ? t('findings.withClassified') : ''].filter(Boolean).join(' · '),
        building: building(row),
        parcel: row.parcel ?? '',
        room: [building(row), row.room].filter(Boolean).join(' · '),
        person: [building(row), row.room, person(row)].filter(Boolean).join(' · '),
      }[row.object_kind]
      return named || t('findings.gone')
    },
    measure,
    excess: (row) => (row.over_rate ? `${measure(row)} · ${formatPercent(row.over_rate)}` : measure(row)),
    figure: ({ kind, value, words: said }) => {
      if (said) return words.pick(said) ?? ''
      if (kind === 'yes_no') return words.yesNo(value === true) ?? ''
      if (typeof value !== 'number') return String(value)
      if (kind === 'area') return `${formatArea(value)} ${t('units.m2')}`
      if (kind === 'rate') return formatPercent(value)
      if (kind === 'metres') return `${formatDistance(value)} ${t('units.m')}`
      if (kind === 'yuan') return `${formatCount(value)} ${t('units.yuan')}`
      return formatCount(value)
    },
  }
}
