import { describe, expect, it } from 'vitest'
import { decodeHash, encodeHash } from './hash'
import { defaultView, type PageName, type View } from './model'
import { emptySpace, type SpaceWish } from '@/pure/spaces'

const everything: View = {
  ...defaultView(),
  camera: { zoom: 17.25, lat: 29.868123, lon: 121.544321 },
  level: -1.5,
  selected: { kind: 'room', id: '4711' },
  panel: 'coverage',
  page: 'accounts',
  account: 12,
  theme: 'agency',
  basis: 'registered',
  asOf: '2024-02-29',
  jurisdiction: '330212',
  language: 'en',
}

describe('the address of a view', () => {
  it('brings everything back', () => {
    expect(decodeHash(encodeHash(everything))).toEqual(everything)
  })
  it('brings the default view back', () => {
    expect(decodeHash(encodeHash(defaultView()))).toEqual(defaultView())
  })
  it('remembers that the panel is folded away', () => {
    expect(decodeHash(encodeHash({ ...everything, panel: null })).panel).toBeNull()
  })
  it('is readable', () => {
    expect(encodeHash(everything)).toBe(
      '#map=17.25/29.868123/121.544321&level=-1.5&sel=room:4711&panel=coverage&page=accounts&account=12&by=agency&basis=registered&as_of=2024-02-29&jurisdiction=330212&lang=en',
    )
  })
  it('remembers the indicator of the overview', () => {
    const view: View = { ...everything, page: 'overview', account: null, indicator: 'idle_rate' }
    expect(decodeHash(encodeHash(view))).toEqual(view)
    expect(decodeHash('#page=overview&indicator=<b>').indicator).toBeNull()
  })
  it('remembers by what name approved areas are looked for', () => {
    const view: View = { ...everything, page: 'approved', account: null, sought: '财政 局&1' }
    expect(decodeHash(encodeHash(view))).toEqual(view)
    expect(encodeHash({ ...view, page: 'sheet' })).not.toContain('name=')
  })
  it('remembers the plan and the step', () => {
    const onPlan: View = { ...everything, page: 'plan', account: null, plan: 7, step: 'placing' }
    expect(decodeHash(encodeHash(onPlan))).toEqual(onPlan)
  })
  it('remembers whose plans are listed', () => {
    const onPlans: View = { ...everything, page: 'plans', account: null, building: 3 }
    expect(decodeHash(encodeHash(onPlans))).toEqual(onPlans)
  })
  it('remembers whose costs are shown', () => {
    const onCosts: View = { ...everything, page: 'costs', account: null, building: 3, agency: 5, tabs: { ...everything.tabs, costs: 'buildings' } }
    expect(decodeHash(encodeHash(onCosts))).toEqual(onCosts)
  })
  it('remembers the building of a sheet', () => {
    const onSheet: View = { ...everything, page: 'buildingSheet', account: null, building: 3 }
    expect(decodeHash(encodeHash(onSheet))).toEqual(onSheet)
  })
  it('remembers the batch, also where one of its plans is shown', () => {
    const onBatch: View = { ...everything, page: 'batches', account: null, batch: 5 }
    expect(decodeHash(encodeHash(onBatch))).toEqual(onBatch)
    const onPlan: View = { ...onBatch, page: 'plan', plan: 7 }
    expect(decodeHash(encodeHash(onPlan))).toEqual(onPlan)
  })
  it('remembers the agency of a sheet, and the norm that stands beside it', () => {
    const onSheet: View = { ...everything, page: 'sheet', account: null, agency: 9, norm: 31 }
    expect(decodeHash(encodeHash(onSheet))).toEqual(onSheet)
  })
  it('keeps the code of a jurisdiction with its zeros', () => {
    expect(decodeHash('#sel=jurisdiction:010203').selected).toEqual({ kind: 'jurisdiction', id: '010203' })
  })
})

/** The address of a page, less what every address has. */
function wordsOf(view: View): string[] {
  const common = /^(level|panel|page|by|basis|lang)=/
  return encodeHash(view).slice(1).split('&').filter((part) => !common.test(part))
}
const on = (page: PageName | null, more: Partial<View>): View => ({ ...defaultView(), page, ...more })

describe('what narrows the board of findings', () => {
  const { board } = defaultView()

  it('comes back', () => {
    const narrowed = on('findings', { finding: 9, board: { rule: 'kept_office', state: 'ordered', severity: 'major', overdue: true, agency: 7 } })
    expect(wordsOf(narrowed)).toEqual(['finding=9', 'rule=kept_office', 'state=ordered', 'severity=major', 'overdue=true', 'agency=7'])
    expect(decodeHash(encodeHash(narrowed))).toEqual(narrowed)
  })
  it('is not written where it is as at first, and written where every state is listed', () => {
    expect(wordsOf(on('findings', {}))).toEqual([])
    const all = on('findings', { board: { ...board, state: null } })
    expect(wordsOf(all)).toEqual(['state=all'])
    expect(decodeHash(encodeHash(all))).toEqual(all)
  })
  it('is that of its page alone', () => {
    expect(wordsOf(on('norms', { board: { ...board, rule: 'kept_office' } }))).toEqual([])
    expect(decodeHash('#page=sheet&agency=7&state=closed')).toEqual(on('sheet', { agency: 7 }))
  })
  it.each(['rule=x', 'state=x', 'severity=minor', 'overdue=maybe', 'agency=x', 'agency=0', 'agency=-1', 'rule=&state=&agency='])('ignores %s', (garbled) => {
    expect(decodeHash(`#page=findings&${garbled}`)).toEqual(on('findings', {}))
  })
})

describe('the tab of a page', () => {
  const { tabs } = defaultView()

  it.each<[PageName, View['tabs']]>([
    ['norms', { ...tabs, norms: 'documents' }],
    ['costs', { ...tabs, costs: 'rates' }],
    ['idleSpace', { ...tabs, idleSpace: 'underUsed' }],
    ['annual', { ...tabs, annual: 'gaps' }],
  ])('of %s comes back', (page, turned) => {
    const view = on(page, { tabs: turned })
    expect(wordsOf(view)).toHaveLength(1)
    expect(decodeHash(encodeHash(view))).toEqual(view)
  })
  it('is not written where it is the first one, nor on other pages', () => {
    expect(wordsOf(on('norms', { tabs: { ...tabs, costs: 'rates' } }))).toEqual([])
  })
  it.each(['tab=x', 'tab=', 'tab=rates'])('ignores %s', (garbled) => {
    expect(decodeHash(`#page=norms&${garbled}`)).toEqual(on('norms', {}))
  })
  it('is that of buildings where the costs of one are shown', () => {
    expect(decodeHash('#page=costs&building=3').tabs.costs).toBe('buildings')
    expect(decodeHash('#page=costs&agency=3').tabs.costs).toBe('agencies')
  })
})

describe('the days whose norms are compared', () => {
  const tabs = { ...defaultView().tabs, norms: 'compare' as const }

  it('come back', () => {
    const compared = on('norms', { tabs, earlier: '2014-11-23', later: '2024-02-29' })
    expect(wordsOf(compared)).toEqual(['tab=compare', 'earlier=2014-11-23', 'later=2024-02-29'])
    expect(decodeHash(encodeHash(compared))).toEqual(compared)
  })
  it.each(['earlier=x', 'later=2024-13-01', 'later=2023-02-29', 'earlier=20140101'])('ignore %s', (garbled) => {
    expect(decodeHash(`#page=norms&tab=compare&${garbled}`)).toEqual(on('norms', { tabs }))
  })
})

describe('what space was looked for', () => {
  const searched = (more: Partial<SpaceWish>): View => on(null, { panel: 'spaces', space: { ...emptySpace(), ...more } })

  it('comes back with every condition', () => {
    const all = searched({
      rooms: 12, wholeFloor: true, across: true, total: { from: 300, to: 800.5 }, each: { from: 10, to: null }, built: { from: null, to: 2010 }, level: { from: -1, to: 3 },
      near: 'agency', agency: 7, radius: 1500, lift: 'no', safety: ['A', 'B'], tenure: 'owned', title: 'recorded', category: 'office', minDays: 90,
    })
    expect(decodeHash(encodeHash(all))).toEqual(all)
  })
  it('comes back near a building and near a point', () => {
    const building = searched({ near: 'building', building: 3, radius: null })
    const point = searched({ near: 'map', centre: { lon: 121.54, lat: 29.87 }, radius: 500 })
    expect(decodeHash(encodeHash(building))).toEqual(building)
    expect(decodeHash(encodeHash(point))).toEqual(point)
  })
  it('is written with what was asked alone', () => {
    expect(wordsOf(searched({}))).toEqual(['rooms=1'])
    expect(wordsOf(on(null, { panel: 'spaces' }))).toEqual([])
    expect(wordsOf(on('costs', { panel: 'spaces', space: emptySpace() }))).toEqual([])
  })
  it.each([
    'min_area_m2=x', 'min_area_m2=-5', 'min_area_m2=1e9', 'built_from=1', 'built_from=1999.5', 'level_to=999', 'has_lift=perhaps', 'safety=Z', 'tenure=stolen', 'title=unknown',
    'category=circulation', 'min_days=-1', 'near_agency_id=x', 'near_building_id=0', 'longitude=121', 'longitude=500&latitude=29', 'radius_m=50',
  ])('ignores %s', (garbled) => {
    expect(decodeHash(`#panel=spaces&rooms=1&${garbled}`)).toEqual(searched({}))
  })
  it.each(['', 'min_area_m2=300', 'rooms=0', 'rooms=501', 'rooms=2&min_area_m2=9&max_area_m2=1', 'rooms=1&near_agency_id=7&radius_m=0'])('is nothing where the address says "%s"', (garbled) => {
    expect(decodeHash(`#panel=spaces&${garbled}`).space).toBeNull()
  })
})

describe('a garbled address', () => {
  it.each(['', '#', '#map=1/2', '#map=a/b/c', '#map=99/0/0', '#map=3/95/0', '#level=x', '#sel=room', '#sel=ghost:1'])(
    '%s shows the default view',
    (hash) => {
      expect(decodeHash(hash)).toEqual(defaultView())
    },
  )
  it.each(['#as_of=yesterday', '#as_of=2024-13-45', '#as_of=2024-02-31', '#panel=x', '#by=x', '#basis=x', '#lang=fr', '#jurisdiction=3302', '#jurisdiction=x', '#sel=room:1;drop'])(
    '%s shows the default view',
    (hash) => {
      expect(decodeHash(hash)).toEqual(defaultView())
    },
  )
})
