// What the API answers with, under the names the client uses; the shapes come from the API's own document.
import type { components } from './schema'

type Schemas = components['schemas']

export type LonLat = Schemas['ZoneRow']['location']
export type Bbox = Schemas['ZoneRow']['bbox']
export type Bilingual = Schemas['Labels']
export type Areas = Schemas['Areas']

export type Meta = Schemas['Meta']
export type Vocabulary = Schemas['Vocabulary']
export type SearchItem = Omit<Schemas['SearchHit'], 'kind'> & { kind: 'agency' | 'building' | 'site' | 'parcel' | 'room' }
export type BuildingSummary = Schemas['BuildingRow']
export type Jurisdiction = Schemas['JurisdictionRow']
export type Band = Schemas['Band']

export interface Page<T> {
  items: T[]
  next: string | null
}
export interface Named {
  id: number
  name: string
  name_en?: string | null
}

export type Link = Schemas['Link']
export type Links = Schemas['Links']
export type Title = Schemas['TitleNow']
export type Tenure = Schemas['TenureNow']
export type Occupant = Schemas['Occupant']
export type JurisdictionDetail = Schemas['JurisdictionDetail']
export type ParcelDetail = Schemas['ParcelDetail']
export type SiteDetail = Schemas['SiteDetail']
export type BuildingDetail = Schemas['BuildingDetail']
export type FloorDetail = Schemas['FloorDetail']
export type RoomDetail = Schemas['RoomDetail']
export type AgencyDetail = Schemas['AgencyDetail']
export type Zone = Schemas['ZoneRow']
export type RoomRow = Schemas['RoomRow']

export type IdleReport = Schemas['IdleAnswer']
export type IdleRoom = Schemas['IdleRow']
export type CoverageReport = Schemas['CoverageAnswer']
export type BandTotals = Schemas['BandTotals']
export type AgencyAreasReport = Schemas['AgenciesAnswer']
export type AgencyAreas = Schemas['AgencyArea']
export type UsedRoomsReport = Schemas['RoomsAnswer']
export type RoomCategory = Schemas['RoomCategory']
export type UsedRoom = Schemas['UsedRoomRow']
