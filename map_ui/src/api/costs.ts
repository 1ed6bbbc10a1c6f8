// What the API says about the cost of use, idle and under-used space, under the names the client uses, and where it is asked.
import type { components } from './schema'
import { withQuery, type ExportFormat, type Query } from './urls'

type Schemas = components['schemas']

export type CostRate = Schemas['CostRateAnswer']
export type CostRates = Schemas['CostRatesAnswer']
export type CostKindWord = Schemas['CostKindWord']
export type CostRateToEnter = Schemas['CostRateToEnter']
export type CostFigures = Pick<BuildingCostRow, 'per_usable_m2' | 'level_yuan_m2' | 'over_yuan_m2' | 'over_rate' | 'standing' | 'standing_name' | 'rates_complete' | 'complete' | 'verification' | 'verified' | 'verification_name'>
export type BuildingCosts = Schemas['BuildingCostsAnswer']
export type BuildingCostRow = Schemas['BuildingCostRow']
export type AgencyCosts = Schemas['AgencyCostsAnswer']
export type AgencyCostRow = Schemas['AgencyCostRow']
export type BuildingCost = Schemas['BuildingCostAnswer']
export type AgencyCost = Schemas['AgencyCostAnswer']
export type CostLine = Schemas['CostLineAnswer']
export type IdleRule = Schemas['IdleRuleAnswer']
export type IdleRules = Schemas['IdleRulesAnswer']
export type IdleRuleToEnter = Schemas['IdleRuleToEnter']
export type UnderUsed = Schemas['UnderUsedAnswer']
export type UnderUsedAgency = Schemas['UnderUsedAgencyAnswer']
export type UnderUsedRoom = Schemas['UnderUsedRoomAnswer']
export type Spaces = Schemas['SpacesAnswer']
export type ClosestSpace = Schemas['ClosestAnswer']
export type Offer = Schemas['OfferAnswer']

const API = '/api/v1'

export const costRatesUrl = (query: Query = {}): string => withQuery(`${API}/cost-rates`, query)
export const costRateUrl = (id: number): string => `${API}/cost-rates/${id}`
export const buildingCostUrl = (id: number, query: Query, format?: ExportFormat): string =>
  withQuery(`${API}/buildings/${id}/cost`, { as_of: query['as_of'], basis: query['basis'], format })
export const agencyCostUrl = (id: number, query: Query, format?: ExportFormat): string =>
  withQuery(`${API}/agencies/${id}/cost`, { as_of: query['as_of'], basis: query['basis'], format })
export const idleRulesUrl = (query: Query = {}): string => withQuery(`${API}/idle-rules`, query)
export const idleRuleUrl = (id: number): string => `${API}/idle-rules/${id}`
