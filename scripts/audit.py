"""Look for known faults in the locked Python and npm packages; exit code 1 when there are any.

Advisories come from the package registries that this machine is set up for. Where those have none to give, as mirrors
often do, the script says so and lets the check pass: it cannot tell. AUDIT_STRICT=1 makes that a failure, too.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Audit both lock files and say what was found."""
    found = [*_python(), *_npm()]
    for line in found:
        print(line, file=sys.stderr)
    strict = os.environ.get("AUDIT_STRICT") == "1"
    return int(any(strict or not line.startswith("Not audited") for line in found))


def _python() -> list[str]:
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", "requirements.lock", "--require-hashes", "--disable-pip",
        "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    said = _json(command, ROOT)
    packages = said.get("dependencies", [])
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    faults = [
        f"{package['name']} {package['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none'}"
        for package in packages
        for fault in package.get("vulns", [])
    ]
    if not packages or skipped:
        faults.append(
            f"Not audited: {len(skipped) or 'all'} Python packages, of which the registry gives no advisories."
        )
    return faults


def _npm() -> list[str]:
    said = _json(["scripts/setup.sh", "npm", "audit", "--json"], ROOT)
    if "vulnerabilities" not in said:
        return ["Not audited: the npm packages, of which the registry gives no advisories."]
    return [f"{name} {fault['range']}: {fault['severity']}" for name, fault in sorted(said["vulnerabilities"].items())]


def _json(command: list[str], folder: Path) -> dict[str, Any]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    try:
        said = json.loads(done.stdout[done.stdout.index("{") :])
    except (ValueError, json.JSONDecodeError):
        return {}
    return said if isinstance(said, dict) else {}


if __name__ == "__main__":
    sys.exit(main())
