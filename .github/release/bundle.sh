#!/usr/bin/env bash
# Makes of the archives all that is released: .github/release/bundle.sh TAG ARCHIVES FOLDER
#
# It adds archives that Windows opens by itself, the VS Code extension with each server and without one, and the sum of
# everything. On Linux, where a .vsix keeps that its server may be executed; `npm ci` in editors/vscode comes before.
set -euo pipefail

# VS Code's platforms. One static binary serves every Linux, whichever C library it has and however old.
readonly platforms="
linux-x64 x86_64-unknown-linux-musl
linux-arm64 aarch64-unknown-linux-musl
alpine-x64 x86_64-unknown-linux-musl
alpine-arm64 aarch64-unknown-linux-musl
darwin-x64 x86_64-apple-darwin
darwin-arm64 aarch64-apple-darwin
win32-x64 x86_64-pc-windows-msvc
win32-arm64 aarch64-pc-windows-msvc
"

tag=$1
project=$(cd "$(dirname "$0")/../.." && pwd)
archives=$(realpath -- "$2")
mkdir -p "$3"
out=$(realpath -- "$3")
unpacked=$(mktemp -d)
trap 'rm -rf -- "$unpacked"' EXIT

(cd "$archives" && sha256sum --check --quiet ./*.sha256)
cp "$archives"/*.tar.gz "$archives"/*.sha256 "$out"

for archive in "$archives"/*.tar.gz; do
  name=$(basename "$archive" .tar.gz)
  mkdir "$unpacked/$name"
  tar -xzf "$archive" -C "$unpacked/$name"
  if [[ $name == *-windows-* ]]; then
    (cd "$unpacked/$name" && zip -q "$out/$name.zip" ./*)
    (cd "$out" && sha256sum "$name.zip" >"$name.zip.sha256")
  fi
done

while read -r platform target; do
  [[ -n $platform ]] || continue
  servers=("$unpacked/vip-lsp-$tag-$target"/vip-lsp*)
  node "$project/editors/vscode/scripts/package.mjs" --target "$platform" --server "${servers[0]}" --out "$out" </dev/null
done <<<"$platforms"
node "$project/editors/vscode/scripts/package.mjs" --out "$out"

cd "$out"
sha256sum -- *.tar.gz *.vsix *.zip >SHA256SUMS
