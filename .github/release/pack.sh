#!/usr/bin/env bash
# Packs a binary as .github/action/run.sh downloads it: .github/release/pack.sh TARGET TAG BINARY FOLDER
#
# It runs on every platform that there is a release for, on Windows in Git's bash.
set -euo pipefail

target=$1 tag=$2 binary=$3 folder=$4
project=$(cd "$(dirname "$0")/../.." && pwd)
archive=vip-lsp-$tag-$target.tar.gz

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi
}

inside=$(mktemp -d)
trap 'rm -rf -- "$inside"' EXIT
cp "$binary" "$project/LICENSE" "$project/README.md" "$inside"
mkdir -p "$folder"
cd "$folder"
tar -czf "$archive" -C "$inside" "$(basename "$binary")" LICENSE README.md
sha256 "$archive" >"$archive.sha256"
