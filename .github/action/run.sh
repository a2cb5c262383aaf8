#!/usr/bin/env bash
# Runs `vip-lsp check` in a GitHub workflow: a released binary where there is one, else one that is built from source, or
# a wheel if it is told so.
#
# Its steps are `fetch`, `build` if there was nothing to fetch, and `check`; without an argument it does all of them. To be
# tried by hand:
# VIP_LSP_ACTION=. RUNNER_TEMP=/tmp/try RUNNER_OS=Linux RUNNER_ARCH=X64 bash .github/action/run.sh
# It runs in bash 3.2 (macOS), which takes an empty array for an unset one.
set -euo pipefail

action=${VIP_LSP_ACTION:?the folder of the action}
temp=${RUNNER_TEMP:?a folder to work in}
folder=$temp/vip-lsp
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
    Windows-ARM64) echo aarch64-pc-windows-msvc ;;
  esac
}

sha256() {
  if command -v sha256sum > /dev/null; then sha256sum < "$1"; else shasum -a 256 < "$1"; fi | cut -d ' ' -f 1
}

# What a build is kept under in a cache: it changes with the platform, the release and all that the build reads.
key() {
  (cd "$action" && find Cargo.lock Cargo.toml build.rs src -type f -print0 | sort -z | xargs -0 cat) > "$folder/source"
  echo "vip-lsp-${RUNNER_OS:-}-${RUNNER_ARCH:-}-$version-$(sha256 "$folder/source")"
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
  fi || fail "vip-lsp could not be built"
}

# Takes the program of what pip installs, which is a wheel and never a build.
install_wheel() {
  local python=python3 scripts=bin
  if [[ ${RUNNER_OS:-} == Windows ]]; then python=python scripts=Scripts; fi
  "$python" -m venv "$folder/venv"
  "$folder/venv/$scripts/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: -- "$VIP_LSP_WHEEL" ||
    fail "pip cannot install \"$VIP_LSP_WHEEL\""
  cp "$folder/venv/$scripts"/vip-lsp* "$folder/bin"
}

# Says under which key a build is kept, if there is nothing else to run.
fetch() {
  mkdir -p "$folder/bin"
  if [[ -n ${VIP_LSP_WHEEL:-} ]]; then
    install_wheel
  else
    download || echo "build=$(key)" >> "${GITHUB_OUTPUT:-/dev/null}"
  fi
}

read -r -d '' -a arguments <<< "${VIP_LSP_ARGS:-}" || true
paths=()
while IFS= read -r path; do
  [[ -z $path ]] || paths+=("$path")
done <<< "${VIP_LSP_PATHS:-.}"

# Checks once more, for findings in the format $1.
check_again() {
  local argument skip=
  local others=()
  for argument in ${arguments[@]+"${arguments[@]}"}; do
    if [[ -n $skip ]]; then
      skip=
    elif [[ $argument == --output-format ]]; then
      skip=yes
    elif [[ $argument != --output-format=* && $argument != --fix ]]; then
      others+=("$argument")
    fi
  done
  "$folder/bin/vip-lsp" check ${others[@]+"${others[@]}"} --output-format "$1" -- ${paths[@]+"${paths[@]}"} 2> /dev/null || true
}

# The findings as a table in Markdown, as many as a summary may have; whatever a finding says is text there.
summary() {
  local rows=100 table count
  table=$(check_again concise | sed -E -e 's/[&]/\&amp;/g' -e 's/</\&lt;/g' -e 's/[]\\`*_|~#$@[]/\\&/g' \
    -e 's/^(.*):([0-9]+):[0-9]+: ([a-z]+)\\\[([a-z-]+)\\\] (.*)$/| \1:\2 | \3 | \4 | \5 |/' | grep '^| ' || true)
  echo "### vip-lsp"
  if [[ -z $table ]]; then
    printf '\nNo findings.\n'
    return
  fi
  count=$(wc -l <<< "$table")
  printf '\n| place | severity | rule | finding |\n| --- | --- | --- | --- |\n'
  head -n "$rows" <<< "$table"
  if ((count > rows)); then printf '\nThere are %d more.\n' $((count - rows)); fi
}

check() {
  local code=0
  "$folder/bin/vip-lsp" check ${arguments[@]+"${arguments[@]}"} -- ${paths[@]+"${paths[@]}"} || code=$?
  [[ $code -le 1 ]] || exit "$code"
  if [[ ${VIP_LSP_SUMMARY:-true} == true && -n ${GITHUB_STEP_SUMMARY:-} ]]; then
    summary >> "$GITHUB_STEP_SUMMARY"
  fi
  if [[ ${VIP_LSP_SARIF:-} == true ]]; then
    check_again sarif > "$temp/vip-lsp.sarif"
    echo "sarif=$temp/vip-lsp.sarif" >> "${GITHUB_OUTPUT:-/dev/null}"
  fi
  exit "$code"
}

case ${1:-} in
  fetch | build | check) "$1" ;;
  '')
    fetch
    [[ -e $folder/bin/vip-lsp || -e $folder/bin/vip-lsp.exe ]] || build
    check
    ;;
  *) fail "\"$1\" is not a step" ;;
esac
