"""Writes the npm packages: npm.py BINARIES FOLDER

BINARIES has a folder for each target with its binary. Each of them becomes a package that only its platform installs;
`vip-lsp` itself has a shim and all of them as optional dependencies, so that no script runs at an installation. It prints
the folders in the order in which they are published.
"""

import json
import shutil
import sys
from pathlib import Path

from project import FOLDER, ROOT, binary, fail, package, targets


def common(fields, name):
    """The fields that all packages have."""
    manifest = {
        "name": name,
        "version": fields["version"],
        "description": fields["description"],
        "license": fields["license"],
    }
    if "repository" in fields:
        manifest["repository"] = {"type": "git", "url": f"git+{fields['repository']}.git"}
    return manifest


def scoped(fields, platform):
    """The name of the package with the binary of a platform."""
    return f"@{fields['name']}/{platform['os']}-{platform['cpu']}"


def write(folder, manifest, files):
    """A package of `manifest` and of `files`, each a source and where it is in the package."""
    for source, place in files:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / place)
        if place.startswith("bin/"):
            (folder / place).chmod(0o755)
    (folder / "package.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(folder)


def main(binaries, out):
    fields, out = package(), Path(out)
    shared = [(ROOT / "LICENSE", "LICENSE"), (FOLDER / "PACKAGE.md", "README.md")]
    platforms = targets("npm")
    present = {target: names for target, names in platforms.items() if binary(binaries, target).is_file()}
    if not present:
        fail(f"{binaries} has no binary for any of {', '.join(platforms)}")
    for target, names in present.items():
        source = binary(binaries, target)
        manifest = common(fields, scoped(fields, names))
        manifest.update(os=[names["os"]], cpu=[names["cpu"]], preferUnplugged=True, files=["bin"])
        write(out / f"{names['os']}-{names['cpu']}", manifest, shared + [(source, f"bin/{source.name}")])
    manifest = common(fields, fields["name"])
    manifest.update(
        bin={fields["name"]: "bin/vip-lsp.js"},
        files=["bin"],
        engines={"node": ">=18"},
        optionalDependencies={scoped(fields, names): fields["version"] for names in platforms.values()},
    )
    write(out / fields["name"], manifest, shared + [(FOLDER / "npm/vip-lsp.js", "bin/vip-lsp.js")])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        fail("usage: npm.py BINARIES FOLDER")
    main(*sys.argv[1:])
