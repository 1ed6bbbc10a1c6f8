"""The how-to lists every word of our closed lists, and the words that the map shows can be loaded."""

import json
from pathlib import Path

import pytest

from fangdi.service.loading_words import same_word
from fangdi_gis_data.fields import LAYERS, Field
from fangdi_gis_data.words import NO, WORDS, YES

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to" / "load-layers.md"


def listed() -> dict[str, Field]:
    """Return the fields of closed lists, named with their layers where the name means something else in others."""
    found: dict[str, Field] = {}
    having = [(layer.name, field) for layer in LAYERS.values() for field in layer.fields]
    for _, field in having:
        same = [
            layer
            for layer, other in having
            if (other.name, other.kind, other.words) == (field.name, field.kind, field.words)
        ]
        elsewhere = [layer for layer, other in having if other.name == field.name and layer not in same]
        if field.kind == "word":
            found[f"`{field.name}` of {', '.join(same)}" if elsewhere else f"`{field.name}`"] = field
    return found


def line_of(name: str, field: Field) -> str:
    words = [f"`{word}` {' / '.join(WORDS.get((field.name, word), ()))}".rstrip() for word in field.words]
    return f"| {name} | {' · '.join(words)} |"


def test_the_how_to_lists_every_word_that_a_field_takes() -> None:
    lines = HOW_TO.read_text(encoding="utf-8").splitlines()
    wanted = [line_of(name, field) for name, field in listed().items()]
    wanted.append(f"| yes or no | yes: {' '.join(sorted(YES))} · no: {' '.join(sorted(NO))} |")

    assert [line for line in wanted if line not in lines] == [], "write these lines into the how-to"


@pytest.mark.parametrize("name", ["title_state", "tenure"])
def test_the_words_that_the_map_shows_can_be_loaded(name: str) -> None:
    legend = json.loads((ROOT / "map_ui/fangdi_map_ui/legend.json").read_text(encoding="utf-8"))
    known = {same_word(word): meant for word, meant in listed()[f"`{name}`"].word_names().items()}

    for entry in legend[name]:
        if entry["key"] != "unknown":
            assert known[same_word(entry["zh"])] == entry["key"]
