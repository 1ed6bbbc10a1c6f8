"""Writes a selection as one HTML file with a Leaflet map, made by folium, that opens without any network."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from folium.utilities import JsCode

from fangdi.errors import NotBuiltError
from fangdi.service.snapshot import Feature, Floor, Snapshot, SubjectKind
from fangdi_map_ui import legend, static_dir

# Whatever a name in the data may hold, a browser that reads this asks nobody for anything.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_LAYERS = (
    ("zones", "集中办公区 Zones", {"weight": 2, "dashArray": "6 4", "fillOpacity": 0.12}),
    ("parcels", "宗地 Parcels", {"weight": 1, "fillOpacity": 0.16}),
    ("sites", "院落 Sites", {"weight": 1.5, "fill": False, "color": "#4a5568"}),
    ("buildings", "楼座 Buildings", {"weight": 1, "color": "#333333", "fillOpacity": 0.75}),
)
_SHELL_STYLE = {"weight": 3, "fillColor": "#dfe3e8", "fillOpacity": 1}
"""Of a building whose rooms are shown: its walls in grey, its title at the edge."""
_ROOM_STYLE = {"weight": 0.7, "color": "#39424e", "fillOpacity": 0.95}
_BOXES_PX = (300, 30)
"""What the heading and the legend take of the window, from the left and from the top."""
_GROUPS = {
    "title_state": "权属 Title",
    "category": "用房类别 Rooms by category",
    "room_state": "房间状态 Rooms not in use",
    "coverage": "集中办公 Coverage",
}
_STYLE = """
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
.folium-map { background: #f6f5f1; }
.fangdi-box { position: fixed; z-index: 1000; background: #fffffff2; border-radius: 6px; padding: 8px 12px;
  box-shadow: 0 1px 5px #0004; font-size: 13px; line-height: 1.5; width: 260px; max-width: 40vw; }
.fangdi-box b { font-size: 15px; } .fangdi-notice { color: #b42318; }
.fangdi-box i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; }
.fangdi-facts th { text-align: left; color: #667085; font-weight: normal; padding-right: 10px; vertical-align: top; }
.fangdi-number { background: none; border: 0; box-shadow: none; padding: 0; font-size: 11px; color: #101828;
  text-shadow: 0 0 2px #fff, 0 0 2px #fff, 0 0 3px #fff; }
.leaflet-control-layers-base { max-height: 45vh; overflow-y: auto; }
"""
# Text is set as text and never as markup, for names come from files that others wrote.
_POPUP = """
function fangdiFacts(feature, layer) {
  layer.bindPopup(function () {
    const table = document.createElement('table')
    table.className = 'fangdi-facts'
    for (const [label, value] of feature.properties.facts) {
      const row = table.insertRow()
      const head = document.createElement('th')
      head.textContent = label
      row.appendChild(head)
      row.insertCell().textContent = value
    }
    return table
  }, { maxWidth: 420 })
  if (feature.properties.label) {
    const number = document.createElement('span')
    number.textContent = feature.properties.label
    layer.bindTooltip(number, { permanent: true, direction: 'center', className: 'fangdi-number', interactive: false })
  }
}
"""


class _Text(Element):
    """Text that is written into the page as it is, not taken for a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Scale(MacroElement):
    """A scale bar in metres alone."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "L.control.scale({imperial: false, position: 'bottomright'}).addTo({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )


def snapshot_html(snapshot: Snapshot) -> str:
    """Return the whole page; raise NotBuiltError where the web client with its copy of Leaflet was not built."""
    drawn = folium.Map(tiles=None, attribution_control=False, zoom_snap=0.25, max_zoom=23)
    drawn.default_js, drawn.default_css = [], []
    figure: Figure = drawn.get_root()  # type: ignore[assignment]
    figure.title = escape(f"{snapshot.title} · {snapshot.as_of}")
    figure.header._children.clear()  # noqa: SLF001 - folium's own links to other hosts stand here
    for part in _head():
        figure.header.add_child(_Text(part))
    for name, label, usual in _LAYERS:
        style = _SHELL_STYLE if name == "buildings" and snapshot.floors else usual
        features: Sequence[Feature] = getattr(snapshot, name)
        if features:
            _layer(features, label, style).add_to(drawn)
    for floor, shown in zip(snapshot.floors, _shown(snapshot.floors), strict=True):
        label = f"{floor.name} ({floor.level:g})"
        _layer(floor.rooms, label, _ROOM_STYLE, base=True, show=shown).add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    _Scale().add_to(drawn)  # type: ignore[no-untyped-call]
    drawn.fit_bounds(_bounds(snapshot), padding_top_left=_BOXES_PX, padding_bottom_right=(180, 30))
    figure.html.add_child(_Text(_heading(snapshot) + _legend(snapshot)))
    page: str = figure.render()
    return page


def _head() -> Iterator[str]:
    """Yield what stands in the head: the policy that forbids requests, Leaflet, our styles and the popup."""
    script = re.sub(r"//# sourceMappingURL=\S+", "", _vendored("leaflet.js"))
    # Icons that are files beside the style sheet are left out: no control of ours shows one.
    style = re.sub(r"url\((?!#)[^)]*\)", "none", _vendored("leaflet.css"))
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<style>{style}{_STYLE}</style>"
    yield f"<script>{script}</script><script>{_POPUP}</script>"


def _vendored(name: str) -> str:
    file = static_dir().joinpath("vendor", name)
    if not file.is_file():
        raise NotBuiltError("The web client is not built, and with it Leaflet is missing; run `make run` once.")
    return file.read_text(encoding="utf-8")


def _shown(floors: Sequence[Floor]) -> list[bool]:
    """Say which floor is open at first: the ground floor, else the lowest above it, else the first."""
    above = [number for number, floor in enumerate(floors) if floor.level >= 0]
    first = above[0] if above else 0
    return [number == first for number in range(len(floors))]


def _layer(
    features: Sequence[Feature], label: str, style: dict[str, Any], *, base: bool = False, show: bool = True
) -> folium.GeoJson:
    collection = {"type": "FeatureCollection", "features": [_feature(each, style) for each in features]}
    return folium.GeoJson(
        collection,
        name=escape(label),  # the layer control takes names for markup
        overlay=not base,
        show=show,
        smooth_factor=0.2,
        marker=folium.CircleMarker(radius=7),
        on_each_feature=JsCode("fangdiFacts"),
    )


def _feature(feature: Feature, style: dict[str, Any]) -> dict[str, Any]:
    colour = _entry(*feature.colour)["color"]
    facts = [[f"{zh} {english}", _shown_value(value)] for zh, english, value in feature.facts]
    properties = {"facts": facts, "label": feature.label, "style": {"color": colour, "fillColor": colour} | style}
    return {"type": "Feature", "geometry": feature.shape, "properties": properties}


def _shown_value(value: str | tuple[str, str]) -> str:
    """Return a value as text; a key of the legend as its labels."""
    if isinstance(value, str):
        return value
    entry = _entry(*value)
    return f"{entry['zh']} {entry['en']}"


def _entry(group: str, key: str) -> dict[str, str]:
    entry: dict[str, str] = next(each for each in legend()[group] if each["key"] == key)
    return entry


def _bounds(snapshot: Snapshot) -> list[list[float]]:
    """Return south-west and north-east of what the map is about; zones that only stand nearby do not widen it."""
    match snapshot.kind:
        case SubjectKind.ZONE:
            features = snapshot.zones
        case SubjectKind.JURISDICTION:
            features = (*snapshot.parcels, *snapshot.sites, *snapshot.buildings)
        case _:
            features = snapshot.buildings
    points = [point for feature in features for point in _points(feature.shape["coordinates"])]
    lons, lats = zip(*points, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from _points(part)


def _heading(snapshot: Snapshot) -> str:
    notice = snapshot.notice or {}
    lines = "".join(f'<div class="fangdi-notice">{escape(notice[key])}</div>' for key in ("zh", "en") if key in notice)
    return (
        f'<div class="fangdi-box" id="fangdi-heading" style="left:56px;top:10px"><b>{escape(snapshot.title)}</b>'
        f"<div>截至 As of {snapshot.as_of}</div><div>不含涉密对象 Without classified objects</div>{lines}</div>"
    )


def _legend(snapshot: Snapshot) -> str:
    """Return the colours that this map uses, in the order of the legend."""
    rooms = [room for floor in snapshot.floors for room in floor.rooms]
    used = {each.colour for each in (*snapshot.zones, *snapshot.parcels, *snapshot.buildings, *rooms)}
    blocks = []
    for group, heading in _GROUPS.items():
        entries = [entry for entry in legend()[group] if (group, entry["key"]) in used]
        lines = "".join(
            f'<div><i style="background:{entry["color"]}"></i>{escape(entry["zh"])} {escape(entry["en"])}</div>'
            for entry in entries
        )
        if entries:
            blocks.append(f"<div><strong>{heading}</strong></div>{lines}")
    return f'<div class="fangdi-box" id="fangdi-legend" style="left:10px;bottom:10px">{"".join(blocks)}</div>'
