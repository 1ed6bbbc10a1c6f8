// What every report is asked with: the day, the basis of areas and the jurisdiction that were chosen.
import { computed } from 'vue'
import type { Query } from '@/api/urls'
import { view } from './navigation'

export const question = computed<Query>(() => ({ as_of: view.asOf, basis: view.basis, jurisdiction: view.jurisdiction }))
