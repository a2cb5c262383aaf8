#!/usr/bin/env bash
# Checks that all is ready for a tag, and prints the tag: .github/release/check-version.sh [TAG]
#
# Without one, for a dry run, the tag is what the version asks for, the changelog's section needs no date yet, and the
# program no address.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
  echo "::error title=release::$1" >&2
  exit 1
}

version=$(sed -n '/^version = /{s/.*"\(.*\)"/\1/p;q;}' Cargo.toml)
tag=${1:-v$version}
[[ $tag == "v$version" ]] || fail "Cargo.toml has version $version; tag v$version, or correct it"

extension=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' editors/vscode/package.json)
[[ $extension == "$version" ]] || fail "editors/vscode/package.json has version $extension; make it $version"

heading=$(grep -Fe "## $version - " CHANGELOG.md) || fail "CHANGELOG.md has no section \"## $version - DATE\"; add one"
if [[ -n ${1:-} && ! ${heading#"## $version - "} =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
  fail "CHANGELOG.md does not date $version; write \"## $version - YYYY-MM-DD\""
fi
if [[ -n ${1:-} ]] && ! grep -q '^repository = "https://github.com/' Cargo.toml; then
  fail "Cargo.toml names no repository; write repository = \"https://github.com/...\" below [package]"
fi
.github/release/notes.sh "$tag" >/dev/null
echo "$tag"
