// What an audit judges, called in the language of the page where there is a name in it.
import { useI18n } from 'vue-i18n'
import { usePlan } from '../usePlan'
import type { AuditLine } from '@/api/plans'
import { nameOf } from '@/state/names'

export function useLineNames(): (line: AuditLine) => string {
  const { t } = useI18n()
  const { plan } = usePlan()
  return ({ subject, label, agency_id: agency, drawn_only: drawnOnly }) => {
    if (subject === 'building') return drawnOnly ? t('planAudit.drawnFloors') : nameOf('building', plan.value.building.id, label)
    if (subject !== 'agency') return label
    return agency === null ? t('planAudit.noAgency') : nameOf('agency', agency, label)
  }
}
