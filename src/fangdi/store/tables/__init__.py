"""The tables (SQLAlchemy Core and GeoAlchemy2): one module a subject, one metadata for all."""

from fangdi.store.tables.accounts import (
    access_key,
    account,
    agency_presence,
    api_token,
    role_capability,
    role_grant,
    sign_in_attempt,
    web_session,
)
from fangdi.store.tables.agencies import agency, agency_posts, agency_staff, staff_rank
from fangdi.store.tables.area_audits import area_audit, area_audit_line, tolerance_rule
from fangdi.store.tables.audit import audit_entry
from fangdi.store.tables.base import MAP_SRID, PLAN_SRID, TILE_SRID, metadata
from fangdi.store.tables.buildings import building, building_parcel
from fangdi.store.tables.costs import cost_rate, idle_rule
from fangdi.store.tables.findings import finding, finding_clause, finding_event, finding_run
from fangdi.store.tables.holdings import tenure, title
from fangdi.store.tables.inspections import leader_post, outside_use, room_annex, room_function
from fangdi.store.tables.jobs import job, plan_batch_file
from fangdi.store.tables.land import parcel, site, site_parcel
from fangdi.store.tables.norms import area_approval, norm, norm_document
from fangdi.store.tables.occupancies import occupancy, occupant
from fangdi.store.tables.plans import plan, plan_finding, plan_floor, plan_mapping, plan_room
from fangdi.store.tables.projects import construction_project
from fangdi.store.tables.records import deployment, document, document_link, import_batch, layer_version
from fangdi.store.tables.rooms import floor, room, room_status, room_use
from fangdi.store.tables.territory import jurisdiction_table, zone
from fangdi.store.tables.usage import room_spell, usage_bucket, usage_state

__all__ = [
    "MAP_SRID",
    "PLAN_SRID",
    "TILE_SRID",
    "access_key",
    "account",
    "agency",
    "agency_posts",
    "agency_presence",
    "agency_staff",
    "api_token",
    "area_approval",
    "area_audit",
    "area_audit_line",
    "audit_entry",
    "building",
    "building_parcel",
    "construction_project",
    "cost_rate",
    "deployment",
    "document",
    "document_link",
    "finding",
    "finding_clause",
    "finding_event",
    "finding_run",
    "floor",
    "idle_rule",
    "import_batch",
    "job",
    "jurisdiction_table",
    "layer_version",
    "leader_post",
    "metadata",
    "norm",
    "norm_document",
    "occupancy",
    "occupant",
    "outside_use",
    "parcel",
    "plan",
    "plan_batch_file",
    "plan_finding",
    "plan_floor",
    "plan_mapping",
    "plan_room",
    "role_capability",
    "role_grant",
    "room",
    "room_annex",
    "room_function",
    "room_spell",
    "room_status",
    "room_use",
    "sign_in_attempt",
    "site",
    "site_parcel",
    "staff_rank",
    "tenure",
    "title",
    "tolerance_rule",
    "usage_bucket",
    "usage_state",
    "web_session",
    "zone",
]
