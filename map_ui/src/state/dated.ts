// Which pages are about a day, and which about a place; the map is about both.
import { computed } from 'vue'
import type { PageName } from './model'
import { view } from './navigation'
import { allows } from './session'

const PLACED: readonly PageName[] = ['overview', 'findings', 'norms', 'approved', 'use', 'completeness', 'annual', 'costs', 'idleSpace']
/** Of these the thing itself says where it is. */
const OF_ONE_THING: readonly PageName[] = ['sheet', 'buildingSheet']

export const onMap = computed(() => view.page === null && allows('read_land'))
export const placed = computed(() => onMap.value || (view.page !== null && PLACED.includes(view.page)))
export const dated = computed(() => placed.value || (view.page !== null && OF_ONE_THING.includes(view.page)))
