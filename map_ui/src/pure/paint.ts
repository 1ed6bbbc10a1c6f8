// Colour expressions of the map: from what the map is coloured by to what MapLibre evaluates per feature.
import type { ExpressionSpecification } from 'maplibre-gl'
import type { MapTheme } from '@/state/model'
import { AGENCY_COLOURS, NO_VALUE, entriesOf, idleShareClasses, noAgency, type LegendGroup } from './legend'

type Colour = string | ExpressionSpecification

const BUILDING_GROUND = '#6d8fba'
const ROOM_GROUND = 'rgba(255, 255, 255, 0.18)'

/** Colour of a building's footprint or point; feature state carries what the tiles do not know. */
export function buildingColour(theme: MapTheme): Colour {
  switch (theme) {
    case 'category':
      return BUILDING_GROUND
    case 'agency':
      return agencyOf(['feature-state', 'agency'])
    case 'state':
      return idleShareOf(['feature-state', 'idleShare'])
    case 'title':
      return keyed('title_state', ['get', 'title'])
    case 'tenure':
      return keyed('tenure', ['get', 'tenure'])
    case 'coverage':
      return keyed('coverage', ['feature-state', 'band'])
  }
}

/** Colour of a room; themes that only buildings know let the building's colour shine through. */
export function roomColour(theme: MapTheme): Colour {
  switch (theme) {
    case 'category':
      return keyed('category', ['get', 'category'])
    case 'agency':
      return agencyOf(['get', 'agency'])
    case 'state':
      return keyed('room_state', ['get', 'state'])
    default:
      return ROOM_GROUND
  }
}

function keyed(group: LegendGroup, value: ExpressionSpecification): ExpressionSpecification {
  const branches = entriesOf(group).flatMap((entry) => [entry.key, entry.color])
  return ['match', ['to-string', value], ...branches, NO_VALUE] as unknown as ExpressionSpecification
}

function agencyOf(id: ExpressionSpecification): ExpressionSpecification {
  const branches = AGENCY_COLOURS.flatMap((colour, index) => [index, colour])
  const byId = ['match', ['%', ['to-number', id], AGENCY_COLOURS.length], ...branches, NO_VALUE]
  return ['case', ['==', id, null], noAgency.color, byId] as unknown as ExpressionSpecification
}

function idleShareOf(share: ExpressionSpecification): ExpressionSpecification {
  const [first, ...others] = idleShareClasses
  const steps = others.flatMap((step) => [step.from, step.color])
  const byShare = ['step', ['to-number', share], first?.color ?? NO_VALUE, ...steps]
  return ['case', ['==', share, null], NO_VALUE, byShare] as unknown as ExpressionSpecification
}
