#!/usr/bin/env bash
# Prints what the changelog says of a release: .github/release/notes.sh TAG
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1#v}
notes=$(awk -v version="$version" '/^## / { inside = $2 == version; next } inside && (NF || found) { found = 1; print }' CHANGELOG.md)
if [[ -z $notes ]]; then
  echo "::error title=release::CHANGELOG.md says nothing of $version; add a section" >&2
  exit 1
fi
echo "$notes"
