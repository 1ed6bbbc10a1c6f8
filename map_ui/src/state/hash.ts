// The part of the address after '#', which holds all that a reload or a sent link has to bring back.
import { RULES, STATES } from '@/api/findings'
import { LANGUAGES, type Language } from '@/i18n/languages'
import { boardAtFirst, type BoardChoice } from '@/pure/findings'
import { spaceIn, writeSpace } from './spaceHash'
import {
  BASES,
  KINDS,
  PAGES,
  PANELS,
  STEPS,
  TABS,
  THEMES,
  defaultView,
  type Basis,
  type Camera,
  type ObjectRef,
  type PageName,
  type Panel,
  type Step,
  type Tabs,
  type Theme,
  type View,
} from './model'

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/
const FIRST_TABS = defaultView().tabs
const JURISDICTION = /^\d{6}(\d{6})?$/

/** Pages beside which a norm figure can stand. */
const NORM_PAGES: readonly PageName[] = ['norms', 'sheet', 'findings']

export function encodeHash(view: View): string {
  const parts = new URLSearchParams()
  if (view.camera) parts.set('map', encodeCamera(view.camera))
  parts.set('level', String(view.level))
  if (view.selected) parts.set('sel', `${view.selected.kind}:${view.selected.id}`)
  parts.set('panel', view.panel ?? 'none')
  if (view.page) parts.set('page', view.page)
  if (view.page === 'accounts' && view.account !== null) parts.set('account', String(view.account))
  if ((view.page === 'plans' || view.page === 'buildingSheet' || view.page === 'costs') && view.building !== null) parts.set('building', String(view.building))
  if (view.page === 'plan' && view.plan !== null) {
    parts.set('plan', String(view.plan))
    parts.set('step', view.step)
  }
  if ((view.page === 'batches' || view.page === 'plan') && view.batch !== null) parts.set('batch', String(view.batch))
  if (view.page !== null && NORM_PAGES.includes(view.page) && view.norm !== null) parts.set('norm', String(view.norm))
  if (view.page === 'findings' && view.finding !== null) parts.set('finding', String(view.finding))
  if (view.page === 'overview' && view.indicator !== null) parts.set('indicator', view.indicator)
  if ((view.page === 'sheet' || view.page === 'costs') && view.agency !== null) parts.set('agency', String(view.agency))
  if (view.page === 'approved' && view.sought.trim() !== '') parts.set('name', view.sought)
  if (view.page === 'findings') writeBoard(parts, view.board)
  if (hasTabs(view.page) && view.tabs[view.page] !== FIRST_TABS[view.page]) parts.set('tab', view.tabs[view.page])
  if (view.page === 'norms' && view.tabs.norms === 'compare') {
    if (view.earlier) parts.set('earlier', view.earlier)
    if (view.later) parts.set('later', view.later)
  }
  if (view.page === null && view.panel === 'spaces' && view.space !== null) writeSpace(parts, view.space)
  parts.set('by', view.theme)
  parts.set('basis', view.basis)
  if (view.asOf) parts.set('as_of', view.asOf)
  if (view.jurisdiction) parts.set('jurisdiction', view.jurisdiction)
  parts.set('lang', view.language)
  return `#${parts.toString().replaceAll('%2F', '/').replaceAll('%3A', ':')}`
}

/** Read a hash; whatever it lacks or garbles keeps its default, and the language the one `kept`. */
export function decodeHash(hash: string, kept: Language | null = null): View {
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const view = defaultView()
  const panel = parts.get('panel')
  const page = oneOf<PageName>(PAGES, parts.get('page'))
  const building = decodeId(parts.get('building'))
  const jurisdiction = parts.get('jurisdiction') ?? ''
  return {
    camera: decodeCamera(parts.get('map')),
    level: decodeLevel(parts.get('level')) ?? view.level,
    selected: decodeRef(parts.get('sel')),
    panel: panel === 'none' ? null : (oneOf<Panel>(PANELS, panel) ?? view.panel),
    page,
    account: decodeId(parts.get('account')),
    plan: decodeId(parts.get('plan')),
    step: oneOf<Step>(STEPS, parts.get('step')) ?? view.step,
    building,
    batch: decodeId(parts.get('batch')),
    norm: decodeId(parts.get('norm')),
    finding: decodeId(parts.get('finding')),
    indicator: /^[a-z_]{1,40}$/.exec(parts.get('indicator') ?? '')?.[0] ?? null,
    agency: page === 'findings' ? null : decodeId(parts.get('agency')),
    sought: page === 'approved' ? (parts.get('name') ?? '') : '',
    board: page === 'findings' ? boardIn(parts) : view.board,
    // A building whose costs stand beside the page is one of the list of buildings.
    tabs: tabsIn(parts, page, page !== 'costs' || building === null ? view.tabs : { ...view.tabs, costs: 'buildings' }),
    earlier: page === 'norms' ? decodeDay(parts.get('earlier')) : null,
    later: page === 'norms' ? decodeDay(parts.get('later')) : null,
    space: panel === 'spaces' && page === null ? spaceIn(parts) : null,
    theme: oneOf<Theme>(THEMES, parts.get('by')) ?? view.theme,
    basis: oneOf<Basis>(BASES, parts.get('basis')) ?? view.basis,
    asOf: decodeDay(parts.get('as_of')),
    jurisdiction: JURISDICTION.test(jurisdiction) ? jurisdiction : null,
    language: oneOf<Language>(LANGUAGES, parts.get('lang')) ?? kept ?? view.language,
  }
}

function writeBoard(parts: URLSearchParams, board: BoardChoice): void {
  const first = boardAtFirst()
  if (board.rule !== null) parts.set('rule', board.rule)
  if (board.state !== first.state) parts.set('state', board.state ?? 'all')
  if (board.severity !== null) parts.set('severity', board.severity)
  if (board.overdue) parts.set('overdue', 'true')
  if (board.agency !== null) parts.set('agency', String(board.agency))
}

function boardIn(parts: URLSearchParams): BoardChoice {
  const state = parts.get('state')
  return {
    rule: oneOf(RULES, parts.get('rule')),
    state: state === 'all' ? null : (oneOf(STATES, state) ?? boardAtFirst().state),
    severity: oneOf(['major'], parts.get('severity')),
    overdue: parts.get('overdue') === 'true',
    agency: decodeId(parts.get('agency')),
  }
}

const hasTabs = (page: PageName | null): page is keyof Tabs => page !== null && page in TABS

function tabsIn(parts: URLSearchParams, page: PageName | null, tabs: Tabs): Tabs {
  const tab = hasTabs(page) ? oneOf<string>(TABS[page], parts.get('tab')) : null
  return tab === null ? tabs : { ...tabs, [page as keyof Tabs]: tab }
}

function decodeId(text: string | null): number | null {
  return /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : null
}

/** Days that do not exist, as 2026-02-31, which the browser would take for one in March, are none. */
function decodeDay(text: string | null): string | null {
  const at = ISO_DAY.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : text
}

function encodeCamera({ zoom, lat, lon }: Camera): string {
  return [zoom.toFixed(2), lat.toFixed(6), lon.toFixed(6)].join('/')
}

function decodeCamera(text: string | null): Camera | null {
  const [zoom, lat, lon, ...rest] = (text ?? '').split('/').map((part) => (part === '' ? Number.NaN : Number(part)))
  if (zoom === undefined || lat === undefined || lon === undefined || rest.length > 0) return null
  const sound = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
  return sound ? { zoom, lat, lon } : null
}

function decodeLevel(text: string | null): number | null {
  const level = Number(text)
  return text !== null && text !== '' && Number.isFinite(level) && Math.abs(level) < 1000 ? level : null
}

function decodeRef(text: string | null): ObjectRef | null {
  const [, kindText, idText] = /^([a-z]+):(\d{1,18})$/.exec(text ?? '') ?? []
  const kind = oneOf(KINDS, kindText)
  return kind && idText ? { kind, id: idText } : null
}

function oneOf<T extends string>(words: readonly T[], word: string | null | undefined): T | null {
  return words.find((known) => known === word) ?? null
}
