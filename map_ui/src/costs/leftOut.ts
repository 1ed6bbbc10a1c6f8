// What a sum of costs leaves out, in words: the sum is then at least so much.
import type { useI18n } from 'vue-i18n'
import type { CostSums } from '@/pure/costs'
import { formatCount } from '@/pure/format'

type Translate = ReturnType<typeof useI18n>['t']

/** One line; empty where nothing is left out. `unit`: what lacks rates, buildings or agencies. */
export function leftOutWords(t: Translate, sums: Pick<CostSums, 'withoutRate' | 'withoutFloorArea' | 'roomsWithoutArea'>, unit: string): string {
  const parts = [
    ...(sums.withoutFloorArea > 0 ? [t('costs.leftOut.floorArea', { n: formatCount(sums.withoutFloorArea) })] : []),
    ...(sums.roomsWithoutArea > 0 ? [t('costs.leftOut.rooms', { n: formatCount(sums.roomsWithoutArea) })] : []),
    ...(sums.withoutRate > 0 ? [t('costs.leftOut.rates', { n: formatCount(sums.withoutRate), unit })] : []),
  ]
  return parts.length > 0 ? t('costs.leftOut.all', { parts: parts.join(t('costs.leftOut.and')) }) : ''
}
