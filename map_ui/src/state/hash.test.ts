import { describe, expect, it } from 'vitest'
import { decodeHash, encodeHash } from './hash'
import { defaultView, type View } from './model'

const everything: View = {
  camera: { zoom: 17.25, lat: 29.868123, lon: 121.544321 },
  level: -1.5,
  selected: { kind: 'room', id: '4711' },
  panel: 'coverage',
  page: 'accounts',
  account: 12,
  plan: null,
  step: 'reading',
  building: null,
  batch: null,
  norm: null,
  finding: null,
  indicator: null,
  agency: null,
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
  it('remembers the plan and the step', () => {
    const onPlan: View = { ...everything, page: 'plan', account: null, plan: 7, step: 'placing' }
    expect(decodeHash(encodeHash(onPlan))).toEqual(onPlan)
  })
  it('remembers whose plans are listed', () => {
    const onPlans: View = { ...everything, page: 'plans', account: null, building: 3 }
    expect(decodeHash(encodeHash(onPlans))).toEqual(onPlans)
  })
  it('remembers whose costs are shown', () => {
    const onCosts: View = { ...everything, page: 'costs', account: null, building: 3, agency: 5 }
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

describe('a garbled address', () => {
  it.each(['', '#', '#map=1/2', '#map=a/b/c', '#map=99/0/0', '#map=3/95/0', '#level=x', '#sel=room', '#sel=ghost:1'])(
    '%s shows the default view',
    (hash) => {
      expect(decodeHash(hash)).toEqual(defaultView())
    },
  )
  it.each(['#as_of=yesterday', '#as_of=2024-13-45', '#panel=x', '#by=x', '#basis=x', '#lang=fr', '#jurisdiction=3302', '#jurisdiction=x', '#sel=room:1;drop'])(
    '%s shows the default view',
    (hash) => {
      expect(decodeHash(hash)).toEqual(defaultView())
    },
  )
})
