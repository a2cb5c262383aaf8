"""Writes what other catalogues want of a release: manifests.py ARCHIVES FOLDER [REPOSITORY]

Each file below `templates` is written to the same place below FOLDER, with the version of Cargo.toml and the sums of the
archives in the folder ARCHIVES, which `.github/release/bundle.sh` makes. REPOSITORY is the address of the repository, by
default `repository` in Cargo.toml.
"""

import hashlib
import string
import sys
from pathlib import Path

from project import FOLDER, TARGETS, fail, package

TEMPLATES = FOLDER / "templates"


def archive(fields, target, suffix):
    """The name of a release's archive, as pack.sh and bundle.sh have it."""
    return f"{fields['name']}-v{fields['version']}-{target}{suffix}"


def sums(fields, archives):
    """The sums of the archives by the names that templates have for them, such as `x86_64_apple_darwin`."""
    found = {}
    for target in TARGETS:
        path = Path(archives) / archive(fields, target, ".zip" if "windows" in target else ".tar.gz")
        if not path.is_file():
            fail(f"there is no {path}")
        found[target.replace("-", "_")] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def names(fields, repository):
    """What templates may name, but for the sums."""
    owner, _, name = repository.rpartition("github.com/")[2].partition("/")
    if not repository.startswith("https://github.com/") or not owner or not name or "/" in name:
        fail(f"\"{repository}\" is not like https://github.com/owner/name")
    return dict(fields, repository=repository, owner=owner, repo=name)


def main(archives, out, repository=None):
    fields = package()
    repository = repository or fields.get("repository")
    if repository is None:
        fail("Cargo.toml names no `repository` yet; set it, or name it after the folder")
    values = dict(sums(fields, archives), **names(fields, repository))
    for template in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        written = Path(out) / string.Template(str(template.relative_to(TEMPLATES))).substitute(values)
        written.parent.mkdir(parents=True, exist_ok=True)
        text = string.Template(template.read_text(encoding="utf-8")).substitute(values)
        written.write_bytes(text.encode())
        print(written)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        fail("usage: manifests.py ARCHIVES FOLDER [REPOSITORY]")
    main(*sys.argv[1:])
