"""What all packages and manifests say alike: the package's fields in Cargo.toml, and the platforms in targets.json."""

import json
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
TARGETS = json.loads((FOLDER / "targets.json").read_text(encoding="utf-8"))


def package():
    """The plain strings below `[package]` in Cargo.toml, such as `name`, `version` and, once it is set, `repository`."""
    table = (ROOT / "Cargo.toml").read_text(encoding="utf-8").split("[package]\n")[1].split("\n[")[0]
    return dict(re.findall(r'^([a-z-]+) = "(.*)"$', table, re.MULTILINE))


def targets(key):
    """Each target that has `key`, with what it has there."""
    return {target: fields[key] for target, fields in TARGETS.items() if key in fields}


def binary_name(target):
    """The name of the program on `target`."""
    return "vip-lsp.exe" if "windows" in target else "vip-lsp"


def binary(folder, target):
    """The binary for `target` below `folder`, which has a folder for each target."""
    return Path(folder) / target / binary_name(target)


def fail(message):
    """Ends with 2, as the program does if a run fails."""
    print(f"error: {message}", file=sys.stderr)
    sys.exit(2)
