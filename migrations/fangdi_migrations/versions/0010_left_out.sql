-- What is lacking of idle rooms, told without reading them: areas beside their spells, and which have no outline.

DROP INDEX fangdi.ix_room_spell_unused;
CREATE INDEX ix_room_spell_unused ON fangdi.room_spell (building_id, COALESCE(upper(valid), 'infinity')) INCLUDE (room_id, floor_id, use_code, kind, valid, jurisdiction_code, secret, registered_mm2, planning_mm2, declared_mm2, measured_mm2) WHERE kind IN ('free', 'closed');
CREATE INDEX ix_room_undrawn ON fangdi.room (building_id) INCLUDE (id) WHERE plan_outline IS NULL OR ST_IsEmpty(plan_outline);
