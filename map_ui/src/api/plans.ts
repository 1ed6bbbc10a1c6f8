// What the API says about floor plans, under the names the client uses.
import type { components } from './schema'

type Schemas = components['schemas']

export type PlanRow = Schemas['PlanRow']
export type Plan = Schemas['PlanDetail']
export type PlanFloor = Schemas['PlanFloor']
export type PlanFormat = Schemas['PlanFormat']
export type Layer = Schemas['Layer']
export type LayerRole = Schemas['LayerRole']
export type Reading = Schemas['ReadingWanted']
export type ReadingBox = Schemas['ReadingBox']
export type Unit = NonNullable<Reading['unit']>
export type Preview = Schemas['Preview']
export type Drawing = Schemas['Drawing']
export type DrawnRoom = Schemas['DrawnRoom']
export type DrawnPart = Schemas['DrawnPart']
export type Finding = Schemas['Finding']
export type Findings = Schemas['Findings']
export type Severity = Finding['severity']
export type Repair = Schemas['Repair']
export type Repairs = Schemas['Repairs']
export type RoomEdit = Schemas['RoomEdit']
export type Placement = Schemas['Placement']
export type PlacementWanted = Schemas['PlacementWanted']
export type ControlPoint = Schemas['ControlPoint']
export type FloorOnMap = Schemas['FloorOnMap']
export type Gross = Schemas['Gross']
export type GrossByBasis = Schemas['GrossByBasis']
export type CountedRule = Schemas['CountedRule']
export type Change = Schemas['Change']
export type ChangeKind = Change['kind']
export type Changes = Schemas['Changes']
export type Imported = Schemas['Imported']
export type Mapping = Schemas['Mapping']
export type MappingWanted = Schemas['MappingWanted']

/** Metres east and north in the plan's own frame. */
export type XY = [number, number]
/** An outer ring and its holes. */
export type Rings = XY[][]
/** West, south, east, north in plan metres. */
export type PlanBox = [number, number, number, number]

export const ROLES = ['room', 'wall', 'opening', 'label', 'floor', 'frame', 'column', 'open', 'void', 'ignore'] as const satisfies LayerRole[]
export const UNITS = ['mm', 'cm', 'm', 'in', 'ft'] as const satisfies Unit[]
export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies Severity[]

export type AuditRow = Schemas['AuditRow']
export type Audit = Schemas['AuditDetail']
export type AuditLine = Schemas['AuditLine']
export type Comparison = Schemas['Comparison']
export type Verdict = AuditLine['verdict']
export type Decision = AuditLine['decision']
export type Subject = AuditLine['subject']

export const VERDICTS = ['beyond', 'incomplete', 'not_comparable', 'missing', 'within'] as const satisfies Verdict[]
export const SUBJECTS = ['room', 'floor', 'building', 'agency'] as const satisfies Subject[]
