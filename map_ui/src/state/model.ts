// What the page as a whole shows: the words for it and where it begins.
import type { Language } from '@/i18n/languages'
import { boardAtFirst, type BoardChoice } from '@/pure/findings'
import type { SpaceWish } from '@/pure/spaces'

export const KINDS = ['jurisdiction', 'zone', 'parcel', 'site', 'building', 'floor', 'room', 'agency'] as const
export type Kind = (typeof KINDS)[number]

export const PANELS = ['layers', 'idle', 'spaces', 'coverage', 'areas'] as const
export type Panel = (typeof PANELS)[number]

/** Pages that take the place of the map. */
export const PAGES = ['accounts', 'trail', 'tokens', 'password', 'plans', 'plan', 'batches', 'norms', 'approved', 'sheet', 'use', 'completeness', 'annual', 'buildingSheet', 'findings', 'overview', 'costs', 'idleSpace'] as const
export type PageName = (typeof PAGES)[number]

/** Steps of working on a floor plan, in the order in which they are taken. */
export const STEPS = ['reading', 'check', 'placing', 'changes', 'audit'] as const
export type Step = (typeof STEPS)[number]

/** Tabs of the pages that have some, the one that they begin with first. */
export const TABS = {
  norms: ['current', 'compare', 'documents'],
  costs: ['agencies', 'buildings', 'rates'],
  idleSpace: ['rules', 'underUsed'],
  annual: ['premises', 'jurisdictions', 'technical', 'projects', 'leaders', 'gaps'],
} as const satisfies Partial<Record<PageName, readonly string[]>>
type Tabbed = keyof typeof TABS
export type Tabs = { [P in Tabbed]: (typeof TABS)[P][number] }

export const THEMES = ['category', 'agency', 'state', 'title', 'tenure'] as const
/** By what the map is coloured. */
export type Theme = (typeof THEMES)[number]
/** For those who may not see rooms. */
export const LAND_THEME: Theme = 'title'
/** Themes a panel may impose while it is open; `coverage` exists only there. */
export type MapTheme = Theme | 'coverage'

export const BASES = ['registered', 'planning', 'declared', 'measured'] as const
/** What an area was determined by (面积口径). */
export type Basis = (typeof BASES)[number]

/** Zoom and centre of the map, degrees in EPSG:4490. */
export interface Camera {
  zoom: number
  lat: number
  lon: number
}

/** One object of the system; ids are text because jurisdiction codes may begin with 0. */
export interface ObjectRef {
  kind: Kind
  id: string
}

export interface View {
  camera: Camera | null
  level: number
  selected: ObjectRef | null
  panel: Panel | null
  /** Null is the map. */
  page: PageName | null
  /** Account that the page of accounts shows. */
  account: number | null
  /** Floor plan that the page of a plan shows. */
  plan: number | null
  step: Step
  /** Building whose plans the page of plans lists (null: of all), or whose sheet is shown. */
  building: number | null
  /** Batch of floor plans that the page of batches shows, or that the plan came from; null: the list of them. */
  batch: number | null
  /** Norm figure whose versions stand beside the page; null: none. */
  norm: number | null
  /** Finding of compliance that stands beside the board; null: none. */
  finding: number | null
  /** Indicator that the overview shows in full; null: the first. */
  indicator: string | null
  /** Agency whose calculation the page of a sheet shows. */
  agency: number | null
  /** Part of a name by which the list of approved areas is narrowed. */
  sought: string
  /** Which findings the board of compliance shows. */
  board: BoardChoice
  tabs: Tabs
  /** Two ISO days whose norms are compared; null: a year ago, and the day of the view. */
  earlier: string | null
  later: string | null
  /** What space was looked for last; null before any was. */
  space: SpaceWish | null
  theme: Theme
  basis: Basis
  /** ISO day; null is today. */
  asOf: string | null
  /** Code of the jurisdiction that figures are limited to, with all below it; null is everywhere. */
  jurisdiction: string | null
  language: Language
}

type PageState = Pick<View, 'account' | 'building' | 'batch' | 'norm' | 'finding' | 'agency' | 'sought' | 'board' | 'tabs' | 'earlier' | 'later'>

/** How pages begin that are opened from the rail. */
export function pagesAtFirst(): PageState {
  return {
    account: null,
    building: null,
    batch: null,
    norm: null,
    finding: null,
    agency: null,
    sought: '',
    board: boardAtFirst(),
    tabs: { norms: 'current', costs: 'agencies', idleSpace: 'rules', annual: 'premises' },
    earlier: null,
    later: null,
  }
}

export function defaultView(): View {
  return {
    ...pagesAtFirst(),
    camera: null,
    level: 1,
    selected: null,
    panel: 'layers',
    page: null,
    plan: null,
    step: 'reading',
    indicator: null,
    space: null,
    theme: 'category',
    basis: 'measured',
    asOf: null,
    jurisdiction: null,
    language: 'zh-CN',
  }
}

export function sameRef(a: ObjectRef | null, b: ObjectRef | null): boolean {
  return a?.kind === b?.kind && a?.id === b?.id
}
