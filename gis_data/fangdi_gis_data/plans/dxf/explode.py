"""Taking a drawing apart: blocks in blocks, scaled, turned, mirrored and arrayed, into lines and texts in one plane."""

import math
from dataclasses import dataclass, field
from typing import Any

from ezdxf.document import Drawing
from ezdxf.lldxf.encoding import decode_dxf_unicode
from ezdxf.proxygraphic import ProxyGraphic

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi_gis_data.plans.arcs import Affine, Curve
from fangdi_gis_data.plans.dxf import texts
from fangdi_gis_data.plans.dxf.curves import NotInPlanError, curves_of, mirrored
from fangdi_gis_data.plans.dxf.things import Contents, Drawn, Written

MOST_ENTITIES = 500_000
"""Of a drawing with its blocks taken apart: ten times a large floor, and some 500 MB of memory."""
_DEEPEST = 64
_NOTHING_TO_SEE = frozenset(
    {"POINT", "VIEWPORT", "LEADER", "MULTILEADER", "MLEADER", "TOLERANCE", "ATTDEF", "RAY", "XLINE", "ACAD_TABLE",
     "IMAGE", "WIPEOUT", "OLE2FRAME", "OLEFRAME", "SEQEND", "LIGHT", "SUN", "GEODATA", "PDFUNDERLAY", "DGNUNDERLAY",
     "DWFUNDERLAY", "ARC_DIMENSION", "LARGE_RADIAL_DIMENSION", "SECTIONOBJECT"}
)  # fmt: skip
"""Notes, pictures and aids of drawing, which hold no outline."""


@dataclass
class _Piece:
    """One entity of a layout or block, in its coordinates."""

    layer: str
    handle: str
    kind: str
    curves: list[Curve] = field(default_factory=list)
    text: Written | None = None


@dataclass
class _Prepared:
    """A layout or block, read once however often it is inserted."""

    pieces: list[_Piece] = field(default_factory=list)
    inserts: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block is put, and what it passes on."""

    by: Affine
    layer: str | None = None
    path: str = ""
    block: str | None = None
    insert: str | None = None


class _Exploder:
    def __init__(self, document: Drawing) -> None:
        self.document = document
        self.found = Contents()
        self.prepared: dict[str, _Prepared] = {}
        self.sizes: dict[str, float] = {}
        self.left: float = MOST_ENTITIES
        self.used: set[str] = set()
        self.missing: set[str] = set()
        layers = [(readable(layer.dxf.name), layer) for layer in document.layers]
        self.names = {name.lower(): name for name, _ in layers}
        self.states = {name.lower(): _state(layer) for name, layer in layers}

    def run(self) -> Contents:
        layout = _layout(self.document)
        self.place(self.prepare(layout), _Place(Affine()))
        self.unused_blocks()
        return self.found

    def prepare(self, entities: Any) -> _Prepared:
        prepared = _Prepared()
        for entity in entities:
            try:
                self.sort(entity, prepared)
            except NotInPlanError:
                self.found.unsupported[f"{entity.dxftype()} (3D)"] += 1
            except Exception:  # noqa: BLE001 - ezdxf raises what it trips over; the file or entity is reported
                self.found.broken += 1
        return prepared

    def sort(self, entity: Any, prepared: _Prepared) -> None:
        kind = entity.dxftype()
        layer, handle = self.layer_of(entity), entity.dxf.get("handle") or "?"
        if entity.dxf.get("invisible", 0):
            self.found.hidden[layer, "invisible"] += 1
        elif kind == "INSERT":
            prepared.inserts.append(entity)
        elif kind in texts.KINDS:
            prepared.pieces.append(_Piece(layer, handle, kind, text=texts.written(entity, layer=layer, handle=handle)))
        elif kind == "DIMENSION":
            self.dimension(entity)
        elif kind not in _NOTHING_TO_SEE:
            self.shape(entity, _Piece(layer, handle, kind), prepared)

    def shape(self, entity: Any, piece: _Piece, prepared: _Prepared) -> None:
        curves = curves_of(entity)
        if curves is None:
            curves = [curve for part in _shown_as(entity) for curve in curves_of(part) or []]
        if not curves and piece.kind not in ("LINE", "LWPOLYLINE", "ARC"):
            self.found.unsupported[piece.kind] += 1
        piece.curves = [curve for curve in curves if curve.finite]
        self.found.broken += len(curves) - len(piece.curves)
        prepared.pieces.append(piece)

    def dimension(self, entity: Any) -> None:
        block = entity.get_geometry_block()
        shown = [e for e in block or () if e.dxftype() in ("TEXT", "MTEXT")]
        try:
            length = entity.get_measurement()
        except Exception:  # noqa: BLE001 - a dimension that measures nothing proves nothing, and is no shape
            return
        if shown and isinstance(length, float) and math.isfinite(length):
            text = texts.written(shown[0], layer="", handle="")
            if text:
                self.found.dimensions.append((length, text.text))

    def layer_of(self, entity: Any) -> str:
        name = readable(entity.dxf.get("layer", "0"))
        return str(self.names.setdefault(name.lower(), name))

    def place(self, prepared: _Prepared, at: _Place) -> None:
        """Put the pieces of a layout or block where they belong, then those of the blocks in it."""
        straight = at.by == Affine()
        for piece in prepared.pieces:
            layer = at.layer if piece.layer == "0" and at.layer is not None else piece.layer
            if self.states.get(layer.lower()):
                self.found.hidden[layer, self.states[layer.lower()] or ""] += 1
                continue
            handle = at.path + piece.handle
            for curve in piece.curves:
                moved = curve if straight else curve.moved(at.by)
                self.found.drawn.append(Drawn(moved, layer, handle, piece.kind, at.block))
            if piece.text:
                self.write(piece.text, layer=layer, handle=handle, at=at)
        self.left -= len(prepared.pieces)
        for insert in prepared.inserts:
            try:
                self.insert(insert, at)
            except NotInPlanError:
                self.found.unsupported["INSERT (3D)"] += 1
            except Exception:  # noqa: BLE001 - a broken insert must not spoil the others; it is counted
                self.found.broken += 1

    def write(self, text: Written, *, layer: str, handle: str, at: _Place) -> None:
        factor = math.sqrt(abs(at.by.determinant))
        middle = at.by.point(text.at)
        if not (math.isfinite(middle[0]) and math.isfinite(middle[1]) and abs(middle[0]) + abs(middle[1]) < 1e12):
            self.found.broken += 1
            return
        self.found.written.append(
            Written(
                text.lines,
                middle,
                text.height * factor,
                text.width * factor,
                layer,
                handle,
                at.by.point(text.anchor),
                at.insert,
            )
        )

    def insert(self, entity: Any, at: _Place) -> None:
        name = str(entity.dxf.get("name", ""))
        handle = at.path + (entity.dxf.get("handle") or "?")
        own = self.layer_of(entity)
        layer = at.layer if own == "0" and at.layer is not None else own
        block = self.document.blocks.get(name)
        if block is None or block.block is None:
            self.missing_block(name)
            return
        if block.block.is_xref or block.block.is_xref_overlay:
            self.missing_block(block.block.dxf.get("xref_path") or name)
            return
        self.used.add(name.lower())
        cells = self.cells(entity)
        size = self.size(name)
        if self.states.get(layer.lower()) == "frozen":
            self.found.hidden[layer, "frozen"] += 1
            return
        self.attributes(entity, _Place(at.by, layer, at.path, at.block, handle))
        if not math.isfinite(size) or len(cells) * max(size, 1) > self.left or len(at.path.split("/")) > _DEEPEST:
            self.too_large(name, len(cells) * size)
            return
        self.cells_placed(entity, cells, _Place(at.by, layer, handle, at.block or name, handle))

    def cells_placed(self, entity: Any, cells: range, at: _Place) -> None:
        name = str(entity.dxf.name)
        prepared = self.block(name)
        for number in range(len(cells)):
            column, row = divmod(number, max(int(entity.dxf.get("row_count", 1)), 1))
            by = at.by.after(self.matrix(entity, column, row))
            index = f"[{column},{row}]" if len(cells) > 1 else ""
            self.place(prepared, _Place(by, at.layer, f"{at.path}{index}/", at.block, at.insert))

    def cells(self, entity: Any) -> range:
        rows = max(int(entity.dxf.get("row_count", 1)), 1)
        return range(rows * max(int(entity.dxf.get("column_count", 1)), 1))

    def matrix(self, entity: Any, column: int, row: int) -> Affine:
        """Return how a block's coordinates become those of where it is inserted, for one cell of its array."""
        dxf = entity.dxf
        angle = math.radians(dxf.get("rotation", 0.0))
        cos, sin = math.cos(angle), math.sin(angle)
        turn = Affine(cos, -sin, sin, cos, 0.0, 0.0)
        base = self.document.blocks.get(dxf.name).block.dxf.base_point  # type: ignore[union-attr]
        scale = Affine(dxf.get("xscale", 1.0), 0.0, 0.0, dxf.get("yscale", 1.0))
        apart = turn.direction((column * dxf.get("column_spacing", 0.0), row * dxf.get("row_spacing", 0.0)))
        at = dxf.insert
        to = Affine(1.0, 0.0, 0.0, 1.0, at[0] + apart[0], at[1] + apart[1])
        whole = to.after(turn.after(scale.after(Affine(1.0, 0.0, 0.0, 1.0, -base[0], -base[1]))))
        return Affine(a=-1.0).after(whole) if mirrored(entity) else whole

    def attributes(self, entity: Any, at: _Place) -> None:
        for attribute in entity.attribs:
            if attribute.is_invisible:
                continue
            layer = self.layer_of(attribute)
            layer = at.layer if layer == "0" and at.layer is not None else layer
            if self.states.get(layer.lower()):
                self.found.hidden[layer, self.states[layer.lower()] or ""] += 1
                continue
            handle = at.path + (attribute.dxf.get("handle") or "?")
            try:
                source = attribute.virtual_mtext_entity() if attribute.has_embedded_mtext_entity else attribute
                text = texts.written(source, layer=layer, handle=handle)
            except Exception:  # noqa: BLE001 - ezdxf raises what it trips over; the file or entity is reported
                self.found.broken += 1
                continue
            if text:
                self.write(text, layer=layer, handle=handle, at=at)

    def block(self, name: str) -> _Prepared:
        key = name.lower()
        if key not in self.prepared:
            self.prepared[key] = self.prepare(self.document.blocks.get(name) or ())
        return self.prepared[key]

    def size(self, name: str, above: tuple[str, ...] = ()) -> float:
        """Return how many entities a block comes to with all in it; infinite where it holds itself."""
        key = name.lower()
        if key in above or len(above) > _DEEPEST:
            return math.inf
        if key not in self.sizes:
            layout = self.document.blocks.get(name)
            total = 0.0
            for entity in layout if layout is not None else ():
                if entity.dxftype() == "INSERT":
                    inside = self.size(str(entity.dxf.get("name", "")), (*above, key))
                    total += len(self.cells(entity)) * max(inside, 1.0)
                else:
                    total += 1
            self.sizes[key] = total
        return self.sizes[key]

    def missing_block(self, name: str) -> None:
        if name not in self.missing:
            self.missing.add(name)
            self.found.findings.append(Finding(FindingCode.MISSING_XREF, Severity.ERROR, {"name": readable(name)}))

    def too_large(self, name: str, found: float) -> None:
        block = readable(name)
        values: dict[str, str | int | float] = {
            "what": f"The number of entities in block “{block}”",
            "what_zh": f"块“{block}”展开后的图元数",
            "most": MOST_ENTITIES,
        }
        if math.isinf(found):
            values |= {"found": "without end, since it inserts itself", "found_zh": "无限(块插入了自身)"}
        else:
            values["found"] = int(found)
        self.found.findings.append(Finding(FindingCode.TOO_LARGE, Severity.ERROR, values))

    def unused_blocks(self) -> None:
        """Note blocks that are never inserted and hold closed outlines; arrow heads and the like start with * or _."""
        for block in self.document.blocks:
            name = block.name
            if name.lower() in self.used or name[:1] in "*_" or block.is_any_layout or not block.block:
                continue
            if block.block.is_xref or block.block.is_xref_overlay:
                continue
            if any(_is_closed(entity) for entity in block):
                self.found.findings.append(Finding(FindingCode.UNUSED_BLOCK, Severity.NOTE, {"name": readable(name)}))


def explode(document: Drawing) -> Contents:
    """Return all that can be seen of the model space, or of the first sheet where it is empty."""
    return _Exploder(document).run()


def readable(name: Any) -> str:
    """Return a name with its escapes as letters, and what was no letter as a question mark."""
    return decode_dxf_unicode(str(name)).encode("utf-8", errors="replace").decode("utf-8")


def _layout(document: Drawing) -> Any:
    model = document.modelspace()
    if len(model):
        return model
    for name in document.layouts.names_in_taborder():
        layout = document.layouts.get(name)
        if any(entity.dxftype() != "VIEWPORT" for entity in layout):
            return layout
    return model


def _state(layer: Any) -> str | None:
    if layer.is_frozen():
        return "frozen"
    return "off" if layer.is_off() else None


def _shown_as(entity: Any) -> list[Any]:
    """Return what a multi-line, or an object of a program that is not at hand, is shown as."""
    if entity.dxftype() in ("MLINE", "ACAD_PROXY_ENTITY"):
        return list(entity.virtual_entities())
    graphic = getattr(entity, "proxy_graphic", None)
    return list(ProxyGraphic(graphic, doc=entity.doc).virtual_entities()) if graphic else []


def _is_closed(entity: Any) -> bool:
    kind = entity.dxftype()
    if kind == "LWPOLYLINE":
        return bool(entity.closed) and len(entity) > 2
    return (kind == "POLYLINE" and bool(entity.is_closed)) or kind in ("CIRCLE", "HATCH")
