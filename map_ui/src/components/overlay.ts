// How much of the map the panels at both sides cover.
import type { PaddingOptions } from 'maplibre-gl'
import { view } from '@/state/navigation'

const MARGIN = 56

/** Room to leave at each edge, in pixels, so that what is flown to is not hidden. */
export function overlayPadding(): PaddingOptions {
  return {
    top: MARGIN,
    bottom: MARGIN,
    left: MARGIN + (view.panel ? widthOf('--panel-width') : 0),
    right: MARGIN + 30 + (view.selected ? widthOf('--drawer-width') : 0),
  }
}

function widthOf(variable: string): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(variable)) || 0
}
