# What the tests in Emacs and in Vim share; their `run` sources this with `name` and `server` set.
#
# Both edit a copy of `fixture`. Their editors are Debian's.

editors=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# How long a server may outlive its editor, in tenths of a second.
readonly closing=20

if [[ ! -x $server ]]; then
  echo "$name: $server is not a program" >&2
  exit 2
fi
server=$(realpath -- "$server")

leave_out() {
  echo "$name: left out, its test: $1" >&2
  [[ ${CI:-} == true ]] && exit 1
  exit 0
}

# Installs packages of Debian's.
install_packages() {
  command -v apt-get >/dev/null || leave_out "it is not here, and there is no apt-get to install it with"
  [[ $(id -u) -eq 0 ]] || leave_out "it is not here, and only root can install $*"
  apt-get update -qq >/dev/null || leave_out "apt-get cannot update its lists"
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" </dev/null >/dev/null ||
    leave_out "$* could not be installed"
}

# One that has ended and that nobody waits for does not run.
is_running() { kill -0 "$1" 2>/dev/null && [[ $(ps -o stat= -p "$1" 2>/dev/null) != Z* ]]; }

# The process that the editor left in `server.pid` when it ended is gone, in time.
is_closed() {
  local process tenth
  process=$(<"$folder/server.pid")
  for ((tenth = 0; tenth < closing; tenth++)); do
    is_running "$process" || return 0
    sleep 0.1
  done
  echo "$name: the server, process $process, outlives its editor" >&2
  kill -KILL "$process"
  return 1
}

# What the editor starts as `vip-lsp`.
put_on_path() {
  if [[ -z ${VIP_LSP_CMD:-} ]]; then
    ln -s "$server" "$folder/bin/vip-lsp"
  else
    printf '#!/bin/sh\nexec %s\n' "$VIP_LSP_CMD" >"$folder/bin/vip-lsp"
    chmod +x "$folder/bin/vip-lsp"
  fi
}

# Runs the editor in the copy, with a home of its own, and tells how it went.
try() {
  folder=$(realpath -- "$(mktemp -d)")
  trap 'rm -rf -- "$folder"' EXIT
  mkdir -p "$folder"/{home,config,data,state,cache,run,bin}
  chmod 700 "$folder/run"
  put_on_path
  cp -R "$editors/fixture" "$folder/workspace"
  mkdir "$folder/workspace/.git"
  cd "$folder/workspace"
  local code=0
  HOME=$folder/home XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data XDG_STATE_HOME=$folder/state \
    XDG_CACHE_HOME=$folder/cache XDG_RUNTIME_DIR=$folder/run LC_ALL=C.UTF-8 \
    PATH=$folder/bin:$PATH PAGE=$editors/../../editors/$name/README.md SERVER_PID=$folder/server.pid \
    timeout --kill-after=5 60 "$@" </dev/null >>"$folder/log" 2>&1 || code=$?
  if [[ -e $folder/server.pid ]]; then
    is_closed || code=1
  elif [[ $code -eq 0 ]]; then
    echo "$name: the session ended before its end" >&2
    code=1
  fi
  if [[ $code -ne 0 ]]; then
    echo "$name: failed with exit code $code; what it said:" >&2
    cat "$folder/log" >&2
    echo "0 passed, 1 failed"
    exit 1
  fi
  echo "1 passed, 0 failed"
}
