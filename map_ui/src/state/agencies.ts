// Names of all agencies, read once a day of view, page by page.
import { shallowRef } from 'vue'
import { getJson } from '@/api/client'
import type { Named, Page } from '@/api/types'
import { listUrl } from '@/api/urls'

export const agencyNames = shallowRef<ReadonlyMap<number, string>>(new Map())

const PAGE = 500

/** Without names the legend falls back to numbers, so a failure here stops nobody. */
export async function loadAgencyNames(asOf: string | null): Promise<void> {
  const names = new Map<number, string>()
  let cursor: string | null = null
  do {
    const url = listUrl('agency', { as_of: asOf, limit: PAGE, cursor })
    const page: Page<Named> | null = await getJson<Page<Named>>(url).catch(() => null)
    page?.items.forEach(({ id, name }) => names.set(id, name))
    cursor = page?.next ?? null
  } while (cursor !== null)
  agencyNames.value = names
}
