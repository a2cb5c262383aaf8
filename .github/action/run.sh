#!/usr/bin/env bash
# Runs `vip-lsp check` in a GitHub workflow: a released binary where there is one, else one that is built from source.
#
# To be tried by hand: VIP_LSP_ACTION=. RUNNER_TEMP=/tmp/try RUNNER_OS=Linux RUNNER_ARCH=X64 bash .github/action/run.sh
# It runs in bash 3.2 (macOS), which takes an empty array for an unset one.
set -euo pipefail

action=${VIP_LSP_ACTION:?the folder of the action}
folder=${RUNNER_TEMP:?a folder to work in}/vip-lsp
version=${VIP_LSP_VERSION:-}
repository=

# The runner unpacks an action into `_actions/<owner>/<repository>/<ref>`; one of the repository itself is elsewhere.
if [[ $action =~ /_actions/([^/]+/[^/]+)/([^/]+)/?$ ]]; then
  repository=${BASH_REMATCH[1]} ref=${BASH_REMATCH[2]}
  if [[ -z $version && $ref =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]]; then version=$ref; fi
fi
repository=${repository:-${GITHUB_REPOSITORY:-}}
url=${GITHUB_SERVER_URL:-https://github.com}/$repository

fail() {
  echo "::error title=vip-lsp::$1"
  exit 2
}

target() {
  case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
    Linux-X64) echo x86_64-unknown-linux-gnu ;;
    Linux-ARM64) echo aarch64-unknown-linux-gnu ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
  esac
}

sha256() {
  if command -v sha256sum > /dev/null; then sha256sum < "$1"; else shasum -a 256 < "$1"; fi | cut -d ' ' -f 1
}

# Unpacks the released binary into `$folder/bin`; not when there is none for this platform.
download() {
  local archive
  archive=vip-lsp-$version-$(target).tar.gz
  [[ -n $version && -n $(target) ]] || return 1
  curl --fail --silent --location --retry 3 --output "$folder/$archive" "$url/releases/download/$version/$archive" ||
    return 1
  curl --fail --silent --location --retry 3 --output "$folder/$archive.sha256" \
    "$url/releases/download/$version/$archive.sha256" || fail "$archive has no checksum; it was not run"
  [[ $(sha256 "$folder/$archive") == $(cut -d ' ' -f 1 < "$folder/$archive.sha256") ]] ||
    fail "$archive is not what its checksum says; it was not run"
  tar -xzf "$folder/$archive" -C "$folder/bin"
}

build() {
  command -v cargo > /dev/null || fail "there is no released binary for this runner, and no cargo to build one with"
  if [[ -n ${VIP_LSP_VERSION:-} ]]; then
    cargo install --quiet --locked --root "$folder" --git "$url" --tag "$version" vip-lsp
  else
    cargo install --quiet --locked --root "$folder" --path "$action"
  fi
}

mkdir -p "$folder/bin"
download || build || fail "vip-lsp could not be built"

read -r -d '' -a arguments <<< "${VIP_LSP_ARGS:-}" || true
paths=()
while IFS= read -r path; do
  [[ -z $path ]] || paths+=("$path")
done <<< "${VIP_LSP_PATHS:-.}"
"$folder/bin/vip-lsp" check ${arguments[@]+"${arguments[@]}"} -- ${paths[@]+"${paths[@]}"}
