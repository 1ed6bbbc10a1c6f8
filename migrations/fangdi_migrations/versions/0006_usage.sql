-- Who used how much on which day, kept as rows change.

CREATE TABLE fangdi.room_spell (
    room_id BIGINT NOT NULL,
    jurisdiction_code TEXT NOT NULL,
    building_id BIGINT NOT NULL,
    floor_id BIGINT NOT NULL,
    agency_id BIGINT,
    kind TEXT NOT NULL CONSTRAINT ck_room_spell_kind CHECK (kind IN ('used', 'part', 'rest', 'closed', 'free')),
    use_code TEXT NOT NULL,
    secret BOOLEAN DEFAULT false NOT NULL,
    valid DATERANGE DEFAULT '(,)'::daterange NOT NULL,
    registered_mm2 BIGINT,
    planning_mm2 BIGINT,
    declared_mm2 BIGINT,
    measured_mm2 BIGINT
);
COMMENT ON TABLE fangdi.room_spell IS 'Periods in which rooms are in one state of use; derived, kept by triggers';
COMMENT ON COLUMN fangdi.room_spell.agency_id IS 'who uses it; null for kinds that nobody uses';
COMMENT ON COLUMN fangdi.room_spell.kind IS 'used whole, part of a shared room, its rest, closed, or free';
COMMENT ON COLUMN fangdi.room_spell.secret IS 'hidden from everyone without clearance; as the room';
COMMENT ON COLUMN fangdi.room_spell.valid IS 'period in which it holds, within those of room and building';
COMMENT ON COLUMN fangdi.room_spell.registered_mm2 IS 'usable area in mm², basis: registered; null when unknown';
COMMENT ON COLUMN fangdi.room_spell.planning_mm2 IS 'usable area in mm², basis: planning; null when unknown';
COMMENT ON COLUMN fangdi.room_spell.declared_mm2 IS 'usable area in mm², basis: declared; null when unknown';
COMMENT ON COLUMN fangdi.room_spell.measured_mm2 IS 'usable area in mm², basis: measured; null when unknown';
CREATE INDEX ix_room_spell_agency_id ON fangdi.room_spell (agency_id) WHERE agency_id IS NOT NULL;
CREATE INDEX ix_room_spell_room_id ON fangdi.room_spell (room_id);
CREATE INDEX ix_room_spell_unused ON fangdi.room_spell (building_id, COALESCE(upper(valid), 'infinity')) INCLUDE (room_id, floor_id, use_code, kind, valid, jurisdiction_code, secret) WHERE kind IN ('free', 'closed');

CREATE TABLE fangdi.usage_bucket (
    span TEXT NOT NULL CONSTRAINT ck_usage_bucket_span CHECK (span IN ('day', 'month', 'year')),
    since DATE NOT NULL,
    jurisdiction_code TEXT NOT NULL,
    agency_id BIGINT NOT NULL,
    use_code TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_usage_bucket_kind CHECK (kind IN ('used', 'part', 'rest', 'closed', 'free')),
    secret BOOLEAN NOT NULL,
    rooms BIGINT NOT NULL,
    with_registered BIGINT NOT NULL,
    with_planning BIGINT NOT NULL,
    with_declared BIGINT NOT NULL,
    with_measured BIGINT NOT NULL,
    registered_mm2 BIGINT NOT NULL,
    planning_mm2 BIGINT NOT NULL,
    declared_mm2 BIGINT NOT NULL,
    measured_mm2 BIGINT NOT NULL,
    CONSTRAINT pk_usage_bucket PRIMARY KEY (span, since, jurisdiction_code, agency_id, use_code, kind, secret)
);
COMMENT ON TABLE fangdi.usage_bucket IS 'Changes of use by day, month and year; what holds on a date is their sum up to it; derived';
COMMENT ON COLUMN fangdi.usage_bucket.span IS 'day, or the month or year whose days are added up';
COMMENT ON COLUMN fangdi.usage_bucket.since IS 'first day of the span';
COMMENT ON COLUMN fangdi.usage_bucket.agency_id IS '0 for kinds that nobody uses';
COMMENT ON COLUMN fangdi.usage_bucket.kind IS 'as of room_spell';
COMMENT ON COLUMN fangdi.usage_bucket.secret IS 'hidden from everyone without clearance';
COMMENT ON COLUMN fangdi.usage_bucket.rooms IS 'change of the number of rooms in the span';
COMMENT ON COLUMN fangdi.usage_bucket.with_registered IS 'change of the rooms that have an area: registered';
COMMENT ON COLUMN fangdi.usage_bucket.with_planning IS 'change of the rooms that have an area: planning';
COMMENT ON COLUMN fangdi.usage_bucket.with_declared IS 'change of the rooms that have an area: declared';
COMMENT ON COLUMN fangdi.usage_bucket.with_measured IS 'change of the rooms that have an area: measured';
COMMENT ON COLUMN fangdi.usage_bucket.registered_mm2 IS 'change of usable area in mm², basis: registered';
COMMENT ON COLUMN fangdi.usage_bucket.planning_mm2 IS 'change of usable area in mm², basis: planning';
COMMENT ON COLUMN fangdi.usage_bucket.declared_mm2 IS 'change of usable area in mm², basis: declared';
COMMENT ON COLUMN fangdi.usage_bucket.measured_mm2 IS 'change of usable area in mm², basis: measured';

CREATE TABLE fangdi.usage_state (
    single BOOLEAN DEFAULT true NOT NULL CONSTRAINT ck_usage_state_one_row CHECK (single),
    outdated BOOLEAN NOT NULL,
    CONSTRAINT pk_usage_state PRIMARY KEY (single)
);
COMMENT ON TABLE fangdi.usage_state IS 'Whether the derived tables of use are up to date; one row';
COMMENT ON COLUMN fangdi.usage_state.outdated IS 'whether a large change has not been added up yet; answers then come from the rooms';

-- What was there before is added up by the next recomputation.
INSERT INTO fangdi.usage_state (outdated) VALUES (EXISTS (SELECT FROM fangdi.room));
