// What the map is asked to show beyond the view's address, and what it reports back.
import { computed, reactive, ref, shallowRef } from 'vue'
import type { FeatureCollection } from 'geojson'
import type { Band, Bbox, LonLat } from '@/api/types'
import { select, view } from './navigation'
import { LAND_THEME, type MapTheme, type ObjectRef } from './model'
import { allows } from './session'

/** A wish to move the map; each wish is a new object, so that the same place can be wished for twice. */
export type Flight = { box: Bbox; maxZoom: number } | { location: LonLat; zoom: number }
export const flight = shallowRef<Flight | null>(null)

/** The open panel was opened by hand just now, and not by a link, whose camera is to be respected. */
export const panelOpenedByHand = ref(false)

/** The selected object is to be flown to as soon as its details are there. */
export const flyWhenKnown = ref(false)

export const HIDEABLE = ['jurisdictions', 'zones', 'parcels', 'sites', 'buildings', 'rooms', 'basemap'] as const
export type Hideable = (typeof HIDEABLE)[number]
export const shown = reactive<Record<Hideable, boolean>>({
  jurisdictions: true,
  zones: true,
  parcels: true,
  sites: true,
  buildings: true,
  rooms: true,
  basemap: true,
})

/** Panels about one question colour the map by it while they are open. */
export const mapTheme = computed<MapTheme>(() => {
  if (!allows('read_assets')) return LAND_THEME
  if (view.panel === 'idle' || view.panel === 'spaces') return 'state'
  if (view.panel === 'coverage') return 'coverage'
  if (view.panel === 'areas') return 'agency'
  return view.theme
})

export const reach = shallowRef<FeatureCollection | null>(null)
export const bands = shallowRef<readonly { id: number; band: Band }[]>([])
/** Buildings to outline, as those an agency uses. */
export const soughtBuildings = shallowRef<readonly number[]>([])

/** Rooms of one floor that were found together, apart from all others on the map. */
export interface FoundRooms {
  floor: number
  rooms: readonly { id: number; number: string | null; name: string | null; area_m2: number | null }[]
}
export const foundRooms = shallowRef<FoundRooms | null>(null)

/** Building whose floors the floor switch offers, when one is selected. */
export const focusBuilding = ref<number | null>(null)

/** What the map shows at the moment, as it reports it. */
export const seen = reactive({ zoom: 0, buildings: [] as number[], agencies: [] as number[] })

/** Select an object from a list, and fly to it. */
export function open(ref: ObjectRef): void {
  select(ref)
  flyWhenKnown.value = true
}
