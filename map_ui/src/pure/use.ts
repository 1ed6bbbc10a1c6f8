// Use of premises: which nodes of the tree are in sight, and rooms added up by building and floor.
import type { RoomInUse, UseNode } from '@/api/use'

export const keyOf = (node: UseNode): string => `${node.kind}:${node.id}`

/** Whether anything stands below the node at `place`, given all nodes from the top. */
export function hasBelow(nodes: readonly UseNode[], place: number): boolean {
  return (nodes[place + 1]?.depth ?? 0) > (nodes[place]?.depth ?? 0)
}

/** The nodes that are in sight when those in `folded` hide what is below them. */
export function inSight(nodes: readonly UseNode[], folded: ReadonlySet<string>): { node: UseNode; parent: boolean }[] {
  const shown: { node: UseNode; parent: boolean }[] = []
  let hiddenBelow = Infinity
  nodes.forEach((node, place) => {
    if (node.depth > hiddenBelow) return
    hiddenBelow = folded.has(keyOf(node)) ? node.depth : Infinity
    shown.push({ node, parent: hasBelow(nodes, place) })
  })
  return shown
}

/** What is folded at first: everything below the second level of a tree that is too long to be read whole. */
export function foldedAtFirst(nodes: readonly UseNode[], most: number): Set<string> {
  if (nodes.length <= most) return new Set()
  return new Set(nodes.filter((node, place) => node.depth >= 1 && hasBelow(nodes, place)).map(keyOf))
}

/** Nodes whose name holds a word, with all above them. */
export function found(nodes: readonly UseNode[], word: string, nameOf: (node: UseNode) => string): UseNode[] {
  const part = word.trim().toLowerCase()
  if (part === '') return [...nodes]
  const path: UseNode[] = []
  const kept = new Set<UseNode>()
  for (const node of nodes) {
    path.length = node.depth
    path[node.depth] = node
    if (`${node.name}\n${nameOf(node)}`.toLowerCase().includes(part)) path.forEach((one) => kept.add(one))
  }
  return nodes.filter((node) => kept.has(node))
}

/** Areas with two decimals added up without a trace of binary fractions. */
export function sumM2(areas: Iterable<number | null>): number {
  let hundredths = 0
  for (const area of areas) hundredths += Math.round((area ?? 0) * 100)
  return hundredths / 100
}

/** An area of rooms in m², which is unknown where none of them has one. */
export function knownM2(areaM2: number, rooms: number, withoutArea: number): number | null {
  return rooms > 0 && withoutArea >= rooms ? null : areaM2
}

export interface FloorUse {
  id: number
  floor: string
  level: number
  area: number
  rooms: RoomInUse[]
}
export interface BuildingUse {
  id: number
  name: string
  tenure: string
  area: number
  rooms: number
  byCategory: Record<string, number>
  floors: FloorUse[]
}

/** Rooms by building and floor, in the order in which they come. */
export function byBuilding(rooms: readonly RoomInUse[]): BuildingUse[] {
  const buildings = new Map<number, RoomInUse[]>()
  for (const room of rooms) buildings.set(room.building.id, [...(buildings.get(room.building.id) ?? []), room])
  return [...buildings.values()].map((inside) => {
    const first = inside[0] as RoomInUse
    return {
      id: first.building.id,
      name: first.building.name,
      tenure: first.tenure,
      area: sumM2(inside.map((room) => room.area_m2)),
      rooms: new Set(inside.map((room) => room.id)).size,
      byCategory: sumsBy(inside, (room) => room.category),
      floors: byFloor(inside),
    }
  })
}

function byFloor(rooms: readonly RoomInUse[]): FloorUse[] {
  const floors = new Map<number, RoomInUse[]>()
  for (const room of rooms) floors.set(room.floor_id, [...(floors.get(room.floor_id) ?? []), room])
  return [...floors.values()].map((inside) => {
    const first = inside[0] as RoomInUse
    return { id: first.floor_id, floor: first.floor, level: first.level, area: sumM2(inside.map((room) => room.area_m2)), rooms: inside }
  })
}

/** Sums of areas by a word. */
export function sumsBy(rooms: readonly RoomInUse[], word: (room: RoomInUse) => string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const room of rooms) sums[word(room)] = sumM2([sums[word(room)] ?? 0, room.area_m2])
  return sums
}
