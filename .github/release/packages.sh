#!/usr/bin/env bash
# Makes wheels and npm packages of the archives: .github/release/packages.sh TAG ARCHIVES FOLDER
#
# FOLDER gets `pypi` with the wheels, and `npm` with the packages in the order in which they are to be published.
set -euo pipefail

tag=$1
packaging=$(cd "$(dirname "$0")/../../editors/packaging" && pwd)
archives=$(realpath -- "$2")
mkdir -p "$3/pypi" "$3/npm"
out=$(realpath -- "$3")
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

(cd "$archives" && sha256sum --check --quiet ./*.sha256)
for archive in "$archives"/*.tar.gz; do
  target=$(basename "$archive" .tar.gz)
  target=${target#"vip-lsp-$tag-"}
  mkdir -p "$work/binaries/$target"
  tar -xzf "$archive" -C "$work/binaries/$target"
  # What links to glibc is for archives only: the static binary serves every Linux.
  if [[ $target != *-gnu ]]; then
    python3 "$packaging/wheel.py" "$target" "$work/binaries/$target"/vip-lsp* "$out/pypi"
  fi
done

number=0
python3 "$packaging/npm.py" "$work/binaries" "$work/npm" >"$work/packages"
while read -r package; do
  number=$((number + 1))
  name=$(cd "$work" && npm pack --silent "$package" </dev/null)
  mv "$work/$name" "$out/npm/$number-$name"
  echo "$out/npm/$number-$name"
done <"$work/packages"
