import { describe, expect, it } from 'vitest'
import { byBuilding, found, foldedAtFirst, inSight, knownM2, sumM2, sumsBy } from './use'
import type { RoomInUse, UseNode } from '@/api/use'

const node = (id: string, depth: number, name = id): UseNode => ({ kind: 'agency', id, depth, name }) as UseNode
const TREE = [node('1', 0, '市政府'), node('2', 1, '档案局'), node('3', 2, '档案馆'), node('4', 1, '统计局'), node('5', 0, '市法院')]
const ids = (shown: { node: UseNode }[]): string[] => shown.map((one) => one.node.id)

describe('the tree of use', () => {
  it('hides what is below a folded node and nothing beside it', () => {
    expect(ids(inSight(TREE, new Set(['agency:2'])))).toEqual(['1', '2', '4', '5'])
    expect(ids(inSight(TREE, new Set(['agency:1'])))).toEqual(['1', '5'])
  })

  it('knows which nodes have others below them', () => {
    expect(inSight(TREE, new Set()).map((one) => one.parent)).toEqual([true, true, false, false, false])
  })

  it('folds a long tree below its second level', () => {
    expect([...foldedAtFirst(TREE, 4)]).toEqual(['agency:2'])
    expect(foldedAtFirst(TREE, 5).size).toBe(0)
  })

  it('finds nodes with all above them', () => {
    expect(found(TREE, '档案馆', (one) => one.name).map((one) => one.id)).toEqual(['1', '2', '3'])
    expect(found(TREE, '', (one) => one.name)).toHaveLength(5)
  })
})

const room = (id: number, building: number, floor: number, area: number | null, category = 'office'): RoomInUse =>
  ({ id, building: { id: building, name: `${building}号楼` }, tenure: 'owned', floor_id: floor, floor: `${floor}层`, level: floor, area_m2: area, category }) as RoomInUse

describe('rooms in use', () => {
  const rooms = [room(1, 1, 1, 0.1), room(2, 1, 1, 0.2, 'service'), room(3, 1, 2, 10.05), room(4, 2, 1, null)]

  it('add up by building and floor', () => {
    const [first, second] = byBuilding(rooms)
    expect(first?.area).toBe(10.35)
    expect(first?.floors.map((floor) => [floor.floor, floor.area, floor.rooms.length])).toEqual([['1层', 0.3, 2], ['2层', 10.05, 1]])
    expect(first?.byCategory).toEqual({ office: 10.15, service: 0.2 })
    expect([second?.area, second?.rooms]).toEqual([0, 1])
  })

  it('have no known area where none of them has one, and none at all where there are no rooms', () => {
    expect(knownM2(0, 18, 18)).toBeNull()
    expect(knownM2(12.5, 18, 17)).toBe(12.5)
    expect(knownM2(0, 0, 0)).toBe(0)
  })

  it('leave no trace of binary fractions', () => {
    expect(sumM2([0.1, 0.2])).toBe(0.3)
    expect(sumsBy(rooms, (one) => one.tenure)).toEqual({ owned: 10.35 })
  })
})
