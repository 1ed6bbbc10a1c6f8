// What is offered to whom: what a role may not see is not shown.
import { PANELS, type PageName, type Panel } from './model'
import { allows } from './session'

/** Idle rooms, coverage and areas are made from rooms and agencies. */
export function panelAllowed(panel: Panel): boolean {
  return allows(panel === 'layers' ? 'read_land' : 'read_assets')
}

/** Panels with a button in the rail; looking for space is reached from the idle rooms. */
export const allowedPanels = (): Panel[] => PANELS.filter((panel) => panel !== 'spaces' && panelAllowed(panel))

/** Pages made from rooms and agencies. */
const OF_USE: readonly PageName[] = ['use', 'completeness', 'annual', 'buildingSheet', 'costs']

export function pageAllowed(page: PageName): boolean {
  if (page === 'plans' || page === 'plan' || page === 'approved' || page === 'sheet' || page === 'findings' || page === 'overview') return allows('read_assets')
  if (OF_USE.includes(page)) return allows('read_assets')
  if (page === 'batches') return allows('audit_areas')
  if (page === 'accounts') return allows('administer_accounts')
  return page === 'trail' ? allows('read_trail') : true
}
