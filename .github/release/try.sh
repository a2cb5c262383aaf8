#!/usr/bin/env bash
# Tries a binary before it is packed: .github/release/try.sh TAG BINARY
set -euo pipefail
cd "$(dirname "$0")/../.."

tag=$1 binary=$2

fail() {
  echo "::error title=release::$1" >&2
  exit 1
}

# A build that did not find its commit has none in its version.
expected="vip-lsp ${tag#v} ($(git rev-parse HEAD | cut -c 1-9))"
said=$("$binary" --version)
[[ $said == "$expected" ]] || fail "--version says \"$said\", not \"$expected\""

code=0
found=$("$binary" check tests/editors/nvim/fixture) || code=$?
echo "$found"
[[ $code -eq 1 && $found == *"[missing-section]"* ]] || fail "check leaves with $code, or does not find what is missing"
