// English names of agencies, buildings, sites and zones, read once a day of view and only for a page in English.
import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { getJson } from '@/api/client'
import type { Named, Page } from '@/api/types'
import { listUrl } from '@/api/urls'
import { nameIn } from '@/pure/names'
import { meta } from './city'
import type { Kind } from './model'
import { view } from './navigation'
import { allows } from './session'

export type Names = ReadonlyMap<number, string>

const NAMED = ['agency', 'building', 'site', 'zone'] as const
type NamedKind = (typeof NAMED)[number]
const PAGE = 1000
const NONE: Names = new Map()

const english: Record<NamedKind, ReturnType<typeof shallowRef<Names>>> = {
  agency: shallowRef(NONE),
  building: shallowRef(NONE),
  site: shallowRef(NONE),
  zone: shallowRef(NONE),
}

/** Names to show instead of the Chinese ones; none on a page in Chinese. */
export const otherNames: Record<NamedKind, ComputedRef<Names>> = {
  agency: shownNames('agency'),
  building: shownNames('building'),
  site: shownNames('site'),
  zone: shownNames('zone'),
}

/** The name to show for what reports and links name in Chinese only. */
export function nameOf(kind: Kind, id: number | string, name: string): string {
  if (isNamed(kind)) return otherNames[kind].value.get(Number(id)) ?? name
  const place = kind === 'jurisdiction' ? meta.value?.jurisdictions.find((one) => one.code === String(id)) : null
  return place ? nameIn(view.language, place) : name
}

/** Keep the names those of the chosen day, until the returned function is called. */
export function followNames(): () => void {
  let known: string | null = null
  const stop = watch(
    () => [view.language, view.asOf] as const,
    ([language, asOf]) => {
      const wanted = asOf ?? ''
      if (language !== 'en' || known === wanted) return
      known = wanted
      NAMED.filter((kind) => kind !== 'agency' || allows('read_assets')).forEach((kind) => void read(kind, asOf, () => known === wanted))
    },
    { immediate: true },
  )
  return () => {
    stop()
    known = null
    for (const kind of NAMED) english[kind].value = NONE
  }
}

/** Without an English name the Chinese one is shown, so a failure here stops nobody. */
async function read(kind: NamedKind, asOf: string | null, stillWanted: () => boolean): Promise<void> {
  const names = new Map<number, string>()
  for await (const { id, name, name_en: nameEn } of everyOne(kind, asOf)) {
    const shown = nameIn('en', { name, name_en: nameEn })
    if (shown !== name) names.set(id, shown)
    if (!stillWanted()) return
  }
  if (stillWanted()) english[kind].value = names
}

/** Every agency, building, site or zone of a day; the list ends where it cannot be read any further. */
export async function* everyOne(kind: NamedKind, asOf: string | null): AsyncGenerator<Named> {
  let cursor: string | null = null
  do {
    const url = listUrl(kind, { as_of: asOf, limit: kind === 'zone' ? null : PAGE, cursor })
    const page: Partial<Page<Named>> | null = await getJson<Partial<Page<Named>>>(url).catch(() => null)
    yield* page?.items ?? []
    cursor = page?.next ?? null
  } while (cursor !== null)
}

function shownNames(kind: NamedKind): ComputedRef<Names> {
  return computed(() => (view.language === 'en' ? (english[kind].value ?? NONE) : NONE))
}

function isNamed(kind: Kind): kind is NamedKind {
  return NAMED.some((named) => named === kind)
}
