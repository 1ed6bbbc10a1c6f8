// Every change of the state that the map has to follow.
import type { Feature, FeatureCollection, Point } from 'geojson'
import { effectScope, watch, watchEffect } from 'vue'
import type { BuildingSummary, Jurisdiction } from '@/api/types'
import type { CityMap } from '@/map/cityMap'
import { markBuildings, markJurisdiction, markRooms, markSelected, setBands, setBuildingFigures } from '@/map/marks'
import { NOTHING } from '@/map/sources'
import { nameIn } from '@/pure/names'
import { buildings, jurisdictions } from '@/state/city'
import { nameOf, otherNames } from '@/state/names'
import { view } from '@/state/navigation'
import { HIDEABLE, bands, flight, foundRooms, mapTheme, reach, shown, soughtBuildings } from '@/state/scene'
import { overlayPadding } from './overlay'

/** Drive the map, which must have loaded, until the returned function is called. */
export function driveMap(city: CityMap): () => void {
  const { map } = city
  const scope = effectScope()
  scope.run(() => {
    watch(
      () => ({ asOf: view.asOf, level: view.level }),
      (slice) => { city.show(slice) },
    )
    watch(mapTheme, (theme) => { city.colourBy(theme) }, { immediate: true })
    watch(
      () => view.camera,
      (camera) => {
        if (camera && !isAt(city, camera)) city.goTo(camera)
      },
    )
    watch(
      buildings,
      (known) => { setBuildingFigures(map, known.values()) },
      { immediate: true },
    )
    driveNames(city)
    watch(() => view.jurisdiction, (code) => { markJurisdiction(map, code) }, { immediate: true })
    watch(bands, (now) => { setBands(map, now) }, { immediate: true })
    watch(reach, (shape) => { city.setData('reach', shape ?? NOTHING) }, { immediate: true })
    watch(() => view.selected, (selected) => { markSelected(map, selected) }, { immediate: true })
    watch(
      () => [view.selected, view.panel, foundRooms.value] as const,
      ([selected, panel, found]) => {
        if (selected?.kind === 'agency') markRooms(map, { agency: Number(selected.id) })
        else if (found) markRooms(map, { ids: found.rooms.map((room) => room.id) })
        else markRooms(map, panel === 'idle' ? { state: 'idle' } : null)
      },
      { immediate: true },
    )
    watch(soughtBuildings, (ids) => { markBuildings(map, ids) }, { immediate: true })
    watch(
      flight,
      (wish) => {
        if (wish === null) return
        if ('box' in wish) city.fit(wish.box, overlayPadding(), wish.maxZoom)
        else city.flyTo(wish.location, overlayPadding(), wish.zoom)
      },
      { immediate: true },
    )
    for (const source of HIDEABLE) {
      watch(
        () => shown[source],
        (visible) => {
          city.setVisible(source, visible)
          if (source === 'buildings') city.setVisible('points', visible)
          if (source === 'jurisdictions') city.setVisible('names', visible)
        },
      )
    }
  })
  return () => { scope.stop() }
}

/** Names on the map, in the language of the page. */
function driveNames(city: CityMap): void {
  watchEffect(() => { city.setData('points', pointsOf(buildings.value.values())) })
  watchEffect(() => { city.setData('names', namesOf(jurisdictions.value)) })
  watch(otherNames.zone, (names) => { city.setNames('zones', names) }, { immediate: true })
  watch(otherNames.site, (names) => { city.setNames('sites', names) }, { immediate: true })
}

function isAt(city: CityMap, { zoom, lat, lon }: { zoom: number; lat: number; lon: number }): boolean {
  const here = city.camera
  return Math.abs(here.zoom - zoom) < 0.01 && Math.abs(here.lat - lat) < 1e-5 && Math.abs(here.lon - lon) < 1e-5
}

function pointsOf(known: Iterable<BuildingSummary>): FeatureCollection {
  const features = [...known].map(
    (building): Feature<Point> => ({
      type: 'Feature',
      id: building.id,
      geometry: { type: 'Point', coordinates: building.location },
      properties: { name: nameOf('building', building.id, building.name), title: building.title, tenure: building.tenure, usable: building.usable_m2 },
    }),
  )
  return { type: 'FeatureCollection', features }
}

function namesOf(known: readonly Jurisdiction[]): FeatureCollection {
  const features = known.flatMap(({ location, level, ...named }): Feature<Point>[] =>
    location ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: location }, properties: { name: nameIn(view.language, named), level } }] : [],
  )
  return { type: 'FeatureCollection', features }
}
