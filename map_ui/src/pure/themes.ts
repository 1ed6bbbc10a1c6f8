// Which legends explain the map when it is coloured by a theme.
import type { MapTheme } from '@/state/model'
import type { LegendGroup } from './legend'

/** Legends of buildings and, once rooms can be seen, of rooms; agencies are too many for a legend. */
export function legendGroups(theme: MapTheme, roomsVisible: boolean): LegendGroup[] {
  switch (theme) {
    case 'category':
      return roomsVisible ? ['category'] : []
    case 'state':
      return roomsVisible ? ['room_state'] : ['idle_share']
    case 'title':
      return ['title_state']
    case 'tenure':
      return ['tenure']
    case 'coverage':
      return ['coverage']
    case 'agency':
      return []
  }
}
