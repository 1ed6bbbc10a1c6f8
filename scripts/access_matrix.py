"""Write the table of roles and capabilities into docs/access.md, from the one matrix in the code."""

import sys
from pathlib import Path

from fangdi.domain.access import MATRIX, REACHES, Capability, Reach, Role
from fangdi.domain.access_labels import CAPABILITIES, ROLES

TARGET = Path(__file__).parent.parent / "docs" / "access.md"
BEGIN, END = "<!-- matrix: made by `make docs`; do not edit -->", "<!-- end of the matrix -->"
REACH = {
    Reach.JURISDICTION: "行政区及其下级 a jurisdiction and all below it",
    Reach.AGENCY: "单位 one agency",
    Reach.SYSTEM: "全系统 the whole system",
}


def table() -> str:
    """Return roles and what they are granted for, then capabilities by role."""
    granted = ["| 角色 role | | granted for |", "|---|---|---|"]
    granted += [f"| {ROLES[role].zh} {ROLES[role].en} | `{role}` | {REACH[REACHES[role]]} |" for role in Role]
    head = ["| 权限 capability | " + " | ".join(f"{ROLES[role].zh}" for role in Role) + " |"]
    head += ["|---|" + ":-:|" * len(Role)]
    cells = [
        f"| {CAPABILITIES[one].zh} {CAPABILITIES[one].en} `{one}` | "
        + " | ".join("✓" if one in MATRIX[role] else "" for role in Role)
        + " |"
        for one in Capability
    ]
    return "\n".join([*granted, "", *head, *cells])


def with_table(page: str) -> str:
    """Return the page with the table of today."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    found = TARGET.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        sys.exit(None if with_table(found) == found else "docs/access.md is not of today's matrix; run `make docs`.")
    TARGET.write_text(with_table(found), encoding="utf-8")
