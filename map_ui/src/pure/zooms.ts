// Zoom levels that both the map's layers and the page's controls depend on.

/** Rooms are drawn from here on; farther out they would be dust. */
export const ROOMS_ZOOM = 16.4
/** Below this zoom footprints are too small to see, and points stand for buildings. */
export const POINTS_UNTIL = 14.2
/** From here on the floor switch offers the floors of all buildings in view. */
export const FLOORS_FROM = 15.5
