import { describe, expect, it } from 'vitest'
import { fitted, scaleBar, toPlan, toScreen, zoomed } from './camera'
import { comparedInPart, decisive, openWithin } from './audit'
import { refusalOf } from './files'
import { fit, fitAffine, laid, onMap, onPlan, qualityOf, toLonLat, toMetres, type Pair } from './fit'
import { clearAround, labelLines } from './labels'
import { withRoles, written } from './reading'
import { areaOf, lineOf, snapped } from './shapes'
import { guesses, unitFor } from './units'
import type { AuditLine, Comparison, Layer, Reading, Rings, XY } from '@/api/plans'

const square = (side: number, [x, y]: XY = [0, 0]): Rings => [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]
const AT: [number, number] = [121.6, 29.9]

describe('the sight of a drawing', () => {
  const size = { width: 800, height: 600 }
  it('shows a box whole, in the middle', () => {
    const sight = fitted([0, 0, 10, 10], [5, 5], size)
    // 600 less two margins of 36 pixels for 10 metres
    expect(sight.scale).toBeCloseTo((600 - 72) / 10)
    expect(toScreen([5, 5], [5, 5], sight)).toEqual([400, 300])
  })
  it('has north up', () => {
    const sight = fitted([0, 0, 10, 10], [5, 5], size)
    expect(toScreen([5, 9], [5, 5], sight)[1]).toBeLessThan(300)
  })
  it('leads back from the screen to the plan', () => {
    const sight = fitted([0, 0, 20, 10], [3, 4], size)
    const [x, y] = toPlan(...toScreen([12.5, 7.25], [3, 4], sight), [3, 4], sight)
    expect([x, y]).toEqual([expect.closeTo(12.5), expect.closeTo(7.25)])
  })
  it('keeps the place under the pointer when it goes nearer', () => {
    const sight = fitted([0, 0, 10, 10], [0, 0], size)
    const near = zoomed(sight, 2, { x: 100, y: 200, whole: sight.scale })
    const [before, after] = [toPlan(100, 200, [0, 0], sight), toPlan(100, 200, [0, 0], near)]
    expect(after).toEqual([expect.closeTo(before[0]), expect.closeTo(before[1])])
  })
  it('has a scale of a round length', () => {
    // at 13 pixels a metre, 110 pixels hold 8.46 m
    expect(scaleBar(13, 110)).toEqual({ metres: 5, pixels: 65 })
  })
})

describe('a plan on the map', () => {
  const turned = laid([10, 5], AT, 30)
  it('lies with its middle where it was laid', () => {
    const [lon, lat] = onMap([10, 5], turned)
    expect([lon, lat]).toEqual([expect.closeTo(121.6, 9), expect.closeTo(29.9, 9)])
  })
  it('leads back from the map to the plan', () => {
    const [x, y] = onPlan(onMap([3, 8], turned), turned)
    expect([x, y]).toEqual([expect.closeTo(3, 6), expect.closeTo(8, 6)])
  })
  it('is found again by points that fit exactly', () => {
    const pairs: Pair[] = ([[0, 0], [40, 0], [40, 20]] as XY[]).map((plan) => ({ plan, map: onMap(plan, turned) }))
    const quality = qualityOf(pairs, fit(pairs, laid([0, 0], AT)))
    expect(quality?.rotationDeg).toBeCloseTo(30, 6)
    expect(quality?.scale).toBeCloseTo(1, 9)
    expect(quality?.rms).toBeCloseTo(0, 6)
  })
  it('is only moved by a single point', () => {
    const moved = fit([{ plan: [10, 5], map: [121.601, 29.9] }], turned)
    expect([moved.a, moved.b]).toEqual([turned.a, turned.b])
    expect(onMap([10, 5], moved)[0]).toBeCloseTo(121.601, 9)
  })
  it('shows how far off points are that do not fit', () => {
    // ends of 10 m that are 11 m apart on the map: with the middle point the scale is 1.1, and its own place fits
    const east = (metres: number): [number, number] => [AT[0] + metres / toMetres([AT[0] + 1, AT[1]], AT)[0], AT[1]]
    const pairs: Pair[] = [{ plan: [0, 0], map: east(0) }, { plan: [5, 0], map: east(5.5) }, { plan: [10, 0], map: east(11) }]
    expect(qualityOf(pairs, fit(pairs, laid([0, 0], AT)))?.scale).toBeCloseTo(1.1, 6)
  })
  it('spreads an error over the points that an affine map cannot follow', () => {
    // One corner of 10 by 4 m is 0.4 m off: four residuals a coordinate and three unknowns leave 0.1 m at each.
    const corners: [XY, XY][] = [[[0, 0], [0, 0]], [[10, 0], [10, 0]], [[10, 4], [10.4, 4]], [[0, 4], [0, 4]]]
    const pairs: Pair[] = corners.map(([plan, map]) => ({ plan, map: toLonLat(map, AT) }))
    const quality = qualityOf(pairs, fitAffine(pairs, laid([0, 0], AT)))
    for (const residual of quality?.residuals ?? [0]) expect(residual).toBeCloseTo(0.1, 6)
    expect(quality?.rms).toBeCloseTo(0.1, 6)
  })
  it('follows a print that shrank one way, there and back', () => {
    const corners: [XY, XY][] = [[[0, 0], [1, 2]], [[10, 0], [10.8, 2]], [[10, 4], [10.8, 6]]]
    const pairs: Pair[] = corners.map(([plan, map]) => ({ plan, map: toLonLat(map, AT) }))
    const shrunk = fitAffine(pairs, laid([0, 0], AT))
    expect(qualityOf(pairs, shrunk)?.rms).toBeCloseTo(0, 6)
    const back = onPlan(onMap([5, 2], shrunk), shrunk)
    expect(back[0]).toBeCloseTo(5, 6)
    expect(back[1]).toBeCloseTo(2, 6)
  })
  it('is a similarity where points on one line say nothing across it', () => {
    const corners: [XY, XY][] = [[[0, 0], [0, 0]], [[5, 0], [5, 0]], [[10, 0], [10, 0]]]
    const pairs: Pair[] = corners.map(([plan, map]) => ({ plan, map: toLonLat(map, AT) }))
    expect(fitAffine(pairs, laid([0, 0], AT)).p).toBe(0)
  })
  it('says nothing about fewer than two points', () => {
    expect(qualityOf([{ plan: [0, 0], map: AT }], turned)).toBeNull()
  })
})

describe('shapes', () => {
  it('are written from an origin, in millimetres and finer', () => {
    expect(lineOf([[500_000.125, 10], [500_001, 10]], [500_000, 10], true)).toBe('M0.125 0L1 0Z')
  })
  it('lose their holes in areas', () => {
    expect(areaOf([[square(4)[0] ?? [], square(1, [1, 1])[0] ?? []]])).toBe(15)
  })
  it('draw a point to the nearest corner within reach', () => {
    const corners: XY[] = [[0, 0], [1, 0]]
    expect(snapped([0.9, 0.1], corners, 0.2)).toEqual([1, 0])
    expect(snapped([0.5, 0.5], corners, 0.2)).toEqual([0.5, 0.5])
  })
})

describe('the label of a room', () => {
  const room = { number: '301', name: '办公室', area_m2: 18 }
  it('has all lines where there is room', () => {
    expect(labelLines(room, 90, 60)).toEqual(['301', '办公室', '18.00 ㎡'])
  })
  it('leaves out what does not fit', () => {
    expect(labelLines(room, 40, 60)).toEqual(['301'])
    expect(labelLines(room, 90, 20)).toEqual(['301'])
  })
  it('stays inside of a bent corridor', () => {
    // an L: 10 m long and 2 m wide, its label in the lower arm
    const corridor: Rings = [[[0, 0], [10, 0], [10, 2], [2, 2], [2, 10], [0, 10], [0, 0]]]
    expect(clearAround({ shape: [corridor], label_at: [6, 1] })).toEqual({ width: 8, height: 2 })
  })
})

describe('the unit', () => {
  const rooms = [{ shape: [square(0.004)] }]
  it('makes the drawing as large as it would be', () => {
    const [, , metres] = guesses({ metres: 0.001, box: [0, 0, 0.03, 0.012], rooms, wall: 0.004 })
    expect(metres).toEqual({ unit: 'm', width: expect.closeTo(30), room: expect.closeTo(16), wall: expect.closeTo(4), readIn: 'm' })
  })
  it('has for feet the figures of inches where feet would be read as inches', () => {
    const by = (feetAreInches: boolean) => guesses({ metres: 0.001, box: [0, 0, 30, 12], rooms, wall: null, feetAreInches })
    const row = (unit: string, all: ReturnType<typeof by>) => all.find((one) => one.unit === unit)
    expect(row('ft', by(true))).toEqual({ ...row('in', by(true)), unit: 'ft' })
    expect(row('ft', by(false))).toMatchObject({ readIn: 'ft', width: expect.closeTo(9144) }) // 30,000 units of 304.8 mm
  })
  it('is known from a wall whose length is known', () => {
    expect(unitFor(3600, 1, 3.6)).toBe('mm')
    expect(unitFor(11.81, 1, 3.6)).toBe('ft')
  })
  it('is unknown where no unit comes near', () => {
    expect(unitFor(1, 1, 3.6)).toBeNull()
  })
})

describe('files', () => {
  it.each([['plan.dwg', 'AC1032', 'dwg'], ['plan.dxf', 'AC1027', 'dwg'], ['house.rvt', '', 'revit'], ['house.skp', '', 'other_cad']])('%s that begins with %s is refused as %s', (name, head, why) => {
    expect(refusalOf(name, 1000, head)).toBe(why)
  })
  it('are sent when they may be plans', () => {
    expect(refusalOf('plan.dxf', 1000, '  0\nSE')).toBeNull()
  })
  it('that hold nothing are refused', () => {
    expect(refusalOf('plan.dxf', 0, '')).toBe('empty')
  })
})

describe('a way of reading', () => {
  const layers = [{ name: 'A', roles: ['room'] }, { name: 'B', roles: [] }] as unknown as Layer[]
  const guessed: Reading = { gap_m: 1.2, unit_confirmed: false }
  it('starts from the guess when one layer is changed', () => {
    expect(withRoles(guessed, layers, 'B', ['wall']).layers).toEqual({ A: ['room'], B: ['wall'] })
  })
  it('takes the last choice between reading a layer and not reading it', () => {
    expect(withRoles(guessed, layers, 'A', ['room', 'ignore']).layers?.['A']).toEqual(['ignore'])
    expect(withRoles(guessed, layers, 'A', ['ignore', 'wall']).layers?.['A']).toEqual(['wall'])
  })
  it('is the same in whatever order it is written', () => {
    expect(written({ ...guessed, levels: { b: 2, a: 1 } })).toBe(written({ ...guessed, levels: { a: 1, b: 2 } }))
    expect(written({ ...guessed, unit: 'm' })).not.toBe(written(guessed))
  })
})

describe('a line of an audit', () => {
  const against = (name: Comparison['against'], difference: number, verdict: Comparison['verdict']): Comparison => ({ against: name, difference_m2: difference, tolerance_m2: 1, verdict, compared: null })
  it('shows the comparison that decided it, farthest beyond its tolerance', () => {
    const comparisons = [against('registered', 0.2, 'within'), against('declared', 2, 'beyond'), against('stated', -5, 'beyond')]
    expect(decisive({ comparisons, verdict: 'beyond' })?.against).toBe('stated')
  })
  it('is not accepted with all that is within, if rooms were left out of its sum', () => {
    const lines = (['within', 'incomplete', 'missing'] as const).map((verdict) => ({ verdict, decision: 'open' }) as AuditLine)
    expect(openWithin(lines).map(({ verdict }) => verdict)).toEqual(['within'])
  })
  it('shows none where nothing is compared', () => {
    expect(decisive({ comparisons: [], verdict: 'missing' })).toBeNull()
  })
  it('says by what a sum was compared only where rooms were left out', () => {
    const over = (rooms: number): Comparison['compared'] => ({ rooms, of_rooms: 3, figure_m2: 20, measured_m2: 21 })
    expect(comparedInPart({ compared: over(2) })?.rooms).toBe(2)
    expect(comparedInPart({ compared: over(3) })).toBeNull()
    expect(comparedInPart({ compared: over(0) })).toBeNull()
    expect(comparedInPart({ compared: null })).toBeNull()
  })
})
