import { createExpression } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import type { MapTheme } from '@/state/model'
import { THEMES } from '@/state/model'
import { agencyColour, colourOf, NO_VALUE, noAgency } from './legend'
import { buildingColour, roomColour } from './paint'

interface Subject { properties?: Record<string, unknown>; state?: Record<string, unknown> }

/** What MapLibre itself makes of the expression, as #rrggbb. */
function evaluated(expression: unknown, { properties = {}, state = {} }: Subject): string {
  if (typeof expression === 'string') return expression
  const parsed = createExpression(expression, 'paint')
  if (parsed.result === 'error') throw new Error(parsed.value.map((error) => error.message).join())
  const colour: unknown = parsed.value.evaluate({ zoom: 17 }, { type: 3, properties } as never, state)
  if (typeof colour === 'string') return colour
  const { r, g, b } = colour as { r: number; g: number; b: number }
  return `#${[r, g, b].map((part) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`
}

describe('colours of the map', () => {
  it('take the colour of the legend', () => {
    expect(evaluated(roomColour('category'), { properties: { category: 'office' } })).toBe(colourOf('category', 'office'))
    expect(evaluated(roomColour('state'), { properties: { state: 'idle' } })).toBe(colourOf('room_state', 'idle'))
    expect(evaluated(buildingColour('title'), { properties: { title: 'user' } })).toBe(colourOf('title_state', 'user'))
    expect(evaluated(buildingColour('coverage'), { state: { band: 'within' } })).toBe(colourOf('coverage', 'within'))
  })
  it('show an agency in one colour, on rooms and on buildings', () => {
    expect(evaluated(roomColour('agency'), { properties: { agency: 47 } })).toBe(agencyColour(47))
    expect(evaluated(buildingColour('agency'), { state: { agency: 47 } })).toBe(agencyColour(47))
  })
  it('show rooms without an agency as such', () => {
    expect(evaluated(roomColour('agency'), {})).toBe(noAgency.color)
  })
  it('are pale where the value is unknown', () => {
    expect(evaluated(buildingColour('state'), {})).toBe(NO_VALUE)
    expect(evaluated(roomColour('category'), { properties: { category: 'ballroom' } })).toBe(NO_VALUE)
  })
  it('put a share on the bound of a class into the upper class', () => {
    expect(evaluated(buildingColour('state'), { state: { idleShare: 0.15 } })).toBe(colourOf('idle_share', '0.15'))
    expect(evaluated(buildingColour('state'), { state: { idleShare: 0.1499 } })).toBe(colourOf('idle_share', '0.05'))
    expect(evaluated(buildingColour('state'), { state: { idleShare: 0 } })).toBe(colourOf('idle_share', '0'))
  })
  it.each<MapTheme>([...THEMES, 'coverage'])('are known to MapLibre for the theme %s', (theme) => {
    expect(evaluated(buildingColour(theme), {})).toBeTruthy()
    expect(evaluated(roomColour(theme), {})).toBeTruthy()
  })
})
