// What the API says about the city as a whole: asked for once, or once a day and basis.
import { ref, shallowRef, watch } from 'vue'
import type { AgencyDetail, Bbox, BuildingSummary, Jurisdiction, Meta, Vocabulary, Zone } from '@/api/types'
import { getJson, isAbort } from '@/api/client'
import { detailUrl, listUrl, metaUrl, summaryUrl, vocabularyUrl } from '@/api/urls'
import { joined, overlaps } from '@/pure/geometry'
import { view } from './navigation'
import { account, allows } from './session'

export const meta = shallowRef<Meta | null>(null)
export const vocabulary = shallowRef<Vocabulary | null>(null)
/** Figures of every building on the chosen day, by id. */
export const buildings = shallowRef<ReadonlyMap<number, BuildingSummary>>(new Map())
/** Jurisdictions with a place for their names. */
export const jurisdictions = shallowRef<readonly Jurisdiction[]>([])
/** Where the map opens: around the concentrated-office zones or what the reader's roles are for, else everything there is. */
export const home = shallowRef<Bbox | null>(null)
export const cityError = shallowRef<unknown>(null)

const attempt = ref(0)

export async function loadCity(): Promise<void> {
  // The first attempt is made by those who follow the view; to ask twice would make the server answer twice.
  if (cityError.value !== null) attempt.value += 1
  cityError.value = null
  try {
    const [about, words, places, around, used] = await Promise.all([
      getJson<Meta>(metaUrl()),
      getJson<Vocabulary>(vocabularyUrl()),
      getJson<{ items: Jurisdiction[] }>(listUrl('jurisdiction', { limit: 1000 })),
      zonesBox(),
      agenciesBox(),
    ])
    vocabulary.value = words
    jurisdictions.value = places.items
    // Zones are known to everybody; the map opens on them where the reader has something to see there.
    const mine = grantedBox(places.items) ?? used
    home.value = (around && (mine === null || overlaps(around, mine)) ? around : mine) ?? about.bbox ?? null
    meta.value = about
  } catch (problem) {
    cityError.value = problem
  }
}

/** Forget all that was read for the one who was signed in. */
export function forgetCity(): void {
  meta.value = vocabulary.value = home.value = cityError.value = null
  buildings.value = new Map()
  jurisdictions.value = []
}

/** Around the jurisdictions that the reader's roles were granted for. */
function grantedBox(places: readonly Jurisdiction[]): Bbox | null {
  const codes = new Set(account.value?.roles.map((role) => role.jurisdiction?.code))
  const boxes = places.flatMap(({ code, bbox }) => (codes.has(code) && bbox ? [bbox] : []))
  return boxes.length > 0 ? boxes.reduce(joined) : null
}

/** Around what those agencies use that roles were granted for, where none was granted for a jurisdiction. */
async function agenciesBox(): Promise<Bbox | null> {
  const roles = account.value?.roles ?? []
  if (roles.some((role) => role.jurisdiction) || !allows('read_assets')) return null
  const agencies = await Promise.all(
    roles.flatMap(({ agency }) => (agency ? [getJson<AgencyDetail>(detailUrl('agency', String(agency.id), view.asOf))] : [])),
  )
  const boxes = agencies.flatMap(({ bbox }) => (bbox ? [bbox as Bbox] : []))
  return boxes.length > 0 ? boxes.reduce(joined) : null
}

const AROUND_ZONES_DEGREES = 0.0025

async function zonesBox(): Promise<Bbox | null> {
  const { items } = await getJson<{ items: Zone[] }>(listUrl('zone'))
  if (items.length === 0) return null
  const [west, south, east, north] = items.map((zone) => zone.bbox).reduce(joined)
  const by = AROUND_ZONES_DEGREES
  return [west - by, south - by, east + by, north + by]
}

/** Keep the figures of the buildings those of the chosen day and basis, until the returned function is called. */
export function followBuildings(): () => void {
  let asked: AbortController | null = null
  // Figures of buildings are made from their rooms.
  if (!allows('read_assets')) return () => undefined
  const stop = watch(
    () => [view.asOf, view.basis, attempt.value] as const,
    async ([asOf, basis]) => {
      asked?.abort()
      asked = new AbortController()
      try {
        const { items } = await getJson<{ items: BuildingSummary[] }>(summaryUrl({ as_of: asOf, basis }), asked.signal)
        buildings.value = new Map(items.map((building) => [building.id, building]))
      } catch (problem) {
        if (!isAbort(problem)) cityError.value = problem
      }
    },
    { immediate: true },
  )
  return () => {
    stop()
    asked?.abort()
  }
}
