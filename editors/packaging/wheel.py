"""Packs a binary as the wheel that maturin would build: wheel.py TARGET BINARY FOLDER

The binary is a release's own, so that nothing is built twice. It runs with Python 3.8 and nothing else, and prints the
wheel's path.
"""

import base64
import hashlib
import sys
import zipfile
from pathlib import Path

from project import FOLDER, ROOT, TARGETS, binary_name, fail, package


def metadata(fields):
    """The file METADATA (core metadata 2.4)."""
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {fields['name']}",
        f"Version: {fields['version']}",
        f"Summary: {fields['description']}",
        f"License-Expression: {fields['license']}",
        "License-File: LICENSE",
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM",
    ]
    if "repository" in fields:
        lines.append(f"Project-URL: Source Code, {fields['repository']}")
    return "\n".join(lines) + "\n\n" + (FOLDER / "PACKAGE.md").read_text(encoding="utf-8")


def contents(fields, target, tag, binary):
    """The wheel's name up to its tag, and its files by their names, but for RECORD."""
    stem = f"{fields['name'].replace('-', '_')}-{fields['version']}"
    tags = "".join(f"Tag: py3-none-{one}\n" for one in tag.split("."))
    return stem, {
        f"{stem}.data/scripts/{binary_name(target)}": binary.read_bytes(),
        f"{stem}.dist-info/METADATA": metadata(fields).encode(),
        f"{stem}.dist-info/WHEEL": f"Wheel-Version: 1.0\nGenerator: wheel.py\nRoot-Is-Purelib: false\n{tags}".encode(),
        f"{stem}.dist-info/licenses/LICENSE": (ROOT / "LICENSE").read_bytes(),
    }


def record(files, name):
    """The file RECORD, `name`, with the sum and the size of every other file."""
    rows = []
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.append(f"{path},sha256={digest},{len(content)}\n")
    return "".join(rows) + f"{name},,\n"


def write(wheel, files):
    """The same bytes for the same files: no times, and an order of their own."""
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            mode = 0o755 if ".data/scripts/" in path else 0o644
            entry.create_system, entry.external_attr = 3, (0o100000 | mode) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


def main(target, binary, folder):
    fields = package()
    names = TARGETS.get(target) or fail(f"there is no release for {target}")
    tag = names.get("wheel") or names["local"]
    stem, files = contents(fields, target, tag, Path(binary))
    name = f"{stem}.dist-info/RECORD"
    files[name] = record(files, name).encode()
    wheel = Path(folder) / f"{stem}-py3-none-{tag}.whl"
    wheel.parent.mkdir(parents=True, exist_ok=True)
    write(wheel, files)
    print(wheel)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        fail("usage: wheel.py TARGET BINARY FOLDER")
    main(*sys.argv[1:])
