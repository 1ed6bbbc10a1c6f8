// Words of the reach of the zones in English.
export const coverageEn = {
  title: 'Reach of the zones',
  lead: 'Measured from the outer edge of each concentrated-office zone, on the ellipsoid.',
  radius: 'Radius',
  zone: 'Zone',
  band: 'Position',
  agencies: 'Agencies',
  posts: 'Posts',
  area: 'Area m²',
  buildings: 'Buildings',
  share: '{percent} of the agencies are inside a zone or within {radius} m of one',
  unplaced: '{n} more agencies ({posts} posts) have no usable area of this basis and stand in none of these, and are not in these shares; the overview divides by all agencies.',
  listAgencies: 'Agencies',
  listBuildings: 'Buildings',
  distance: 'Distance',
  inZone: 'inside',
  noZones: 'No concentrated-office zone is drawn yet. Load a zone layer first.',
}
