#!/usr/bin/env bash
# Install what `make run` or `make test` needs and is not there yet: system packages, the virtual environment, the web
# client. What is there already is left alone, so that a second call takes a fraction of a second.
#
# usage: scripts/setup.sh run|test|python      (python: without system packages for the database, and no web client)
#        scripts/setup.sh npm ARGUMENTS...      (npm in map_ui, with the Node that the set-up uses)
set -euo pipefail
cd -P "$(dirname "$0")/.."
readonly goal="${1:-run}"
readonly venv=.venv
export DEBIAN_FRONTEND=noninteractive npm_config_update_notifier=false PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { printf '==> %s\n' "$*" >&2; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# Two calls in one checkout take turns.
exec 9>.setup.lock
if command -v flock >/dev/null; then flock 9; fi

# --- System packages ---------------------------------------------------------------------------------------------

find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
}

# Prints the version of an installed PostgreSQL that is new enough but lacks PostGIS, `none`, or nothing if all is well.
missing_postgis() {
  local control config major lacking=none
  for config in /usr/lib/postgresql/*/bin/pg_config "$(command -v pg_config || true)"; do
    [ -x "$config" ] && [ -x "$("$config" --bindir)/postgres" ] || continue
    major="$("$config" --version | grep -oE '[0-9]+' | head -n 1)"
    [ "$major" -ge 15 ] || continue
    control="$("$config" --sharedir)/extension/postgis.control"
    [ -f "$control" ] && return
    lacking="$major"
  done
  printf '%s' "$lacking"
}

has_browser() {
  # Ubuntu's packages `chromium-browser` and `chromium` only lead to a snap, which containers cannot run: install Chrome
  # or another Chromium there and name it in FANGDI_CHROMIUM.
  [ -x "${FANGDI_CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null
}

has_chinese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]; }

collect_packages() {
  packages=()
  local lacking
  if [ "$goal" = test ] || { [ "$goal" = run ] && [ -z "${FANGDI_DATABASE_URL:-}" ]; }; then
    lacking="$(missing_postgis)"
    case "$lacking" in
      '') ;;
      none) packages+=(postgresql postgresql-postgis) ;;
      *) packages+=("postgresql-$lacking-postgis-3") ;;
    esac
  fi
  if [ -z "$(find_python)" ]; then
    packages+=(python3 python3-venv)
  elif ! has_environment && ! "$(find_python)" -c 'import ensurepip' 2>/dev/null; then
    packages+=("$(basename "$(readlink -f "$(command -v "$(find_python)")")")-venv")
  fi
  if [ "$goal" = test ]; then
    has_browser || packages+=(chromium)
    has_chinese_font || packages+=(fontconfig fonts-noto-cjk)
  fi
}

install_packages() {
  collect_packages
  [ ${#packages[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    # sudo may ask for a password where somebody sits at a terminal, and only there
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
      as_root=(sudo -n DEBIAN_FRONTEND=noninteractive)
    else
      ask_for_packages
    fi
  fi
  command -v apt-get >/dev/null || ask_for_packages
  say "Installing ${packages[*]}"
  local log
  log="$(mktemp)"
  if ! { ${as_root[@]+"${as_root[@]}"} apt-get update -qq &&
    ${as_root[@]+"${as_root[@]}"} apt-get install -qq -y --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    ask_for_packages
  fi
  rm -f "$log"
  collect_packages
  [ ${#packages[@]} -eq 0 ] || ask_for_packages
}

ask_for_packages() {
  printf 'setup: These system packages are missing: %s\n' "${packages[*]}" >&2
  printf '  On Debian or Ubuntu run as root:  apt-get update && apt-get install %s\n' "${packages[*]}" >&2
  case " ${packages[*]} " in *" postgresql"*)
    if [ "$goal" = test ]; then
      printf '  The tests start a PostgreSQL (15 or newer) with PostGIS of their own and need its programs here.\n' >&2
    else
      printf '  Or set FANGDI_DATABASE_URL to a PostgreSQL (15 or newer) with PostGIS that you already have.\n' >&2
    fi ;;
  esac
  case " ${packages[*]} " in *" chromium "*)
    printf '  Or set FANGDI_CHROMIUM to the path of a Chromium or Chrome.\n' >&2 ;;
  esac
  exit 1
}

# --- The virtual environment ---------------------------------------------------------------------------------------

fingerprint() { sha256sum "$@" | sha256sum | cut -d ' ' -f 1; }

# A virtual environment knows its own place and its Python; elsewhere it does not work.
has_environment() {
  [ -x "$venv/bin/python" ] &&
    "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.prefix != sys.argv[1])' "$PWD/$venv" 2>/dev/null
}

build_environment() {
  local locked installed
  locked="$PWD $(fingerprint requirements.lock)"
  installed="$PWD $(fingerprint pyproject.toml)"
  if [ "$(cat "$venv/.locked" 2>/dev/null)" != "$locked" ]; then
    if ! has_environment; then
      say "Making the virtual environment"
      "$(find_python)" -m venv --clear "$venv"
    fi
    say "Installing the locked Python packages"
    "$venv/bin/python" -m pip install -qq --require-hashes --requirement requirements.lock
    rm -f "$venv/.installed"
    printf '%s' "$locked" >"$venv/.locked"
  fi
  if [ "$(cat "$venv/.installed" 2>/dev/null)" != "$installed" ]; then
    "$venv/bin/python" -m pip install -qq --no-deps --no-build-isolation --editable .
    printf '%s' "$installed" >"$venv/.installed"
  fi
}

# --- The web client --------------------------------------------------------------------------------------------------

# Puts Node 20.19 or newer on the PATH: the system's, else the one in a locked Python package.
choose_node() {
  if ! { command -v npm && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; } >/dev/null 2>&1; then
    PATH="$PWD/$venv/bin:$PATH"
    export PATH
    node --version >/dev/null 2>&1 || die "No Node 20.19 or newer is installed, and the one in $venv does not start."
  fi
}

client_sources() {
  find map_ui -type f -not -path '*/node_modules/*' -not -path '*/static/*' -not -path '*/test-results/*' \
    -not -path '*/__pycache__/*' -not -name '*.tsbuildinfo' -print0 | sort -z | xargs -0 sha256sum | sha256sum
}

build_client() {
  [ -f map_ui/package.json ] || return 0
  local locked
  locked="$PWD $(fingerprint map_ui/package.json map_ui/package-lock.json)"
  if [ "$(cat map_ui/node_modules/.locked 2>/dev/null)" != "$locked" ]; then
    choose_node
    say "Installing the web client's packages"
    (cd map_ui && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error </dev/null >&2)
    printf '%s' "$locked" >map_ui/node_modules/.locked
  fi
  if [ "$(cat map_ui/node_modules/.built 2>/dev/null)" != "$(client_sources)" ] || [ ! -f map_ui/fangdi_map_ui/static/index.html ]; then
    choose_node
    say "Building the web client"
    (cd map_ui && npm run --silent build </dev/null >&2)
    client_sources >map_ui/node_modules/.built  # afterwards: the build may write types beside the sources
  fi
}

if [ "$goal" = npm ]; then
  exec 9>&-
  choose_node
  cd map_ui
  exec npm "${@:2}"
fi
install_packages
build_environment
[ "$goal" = python ] || build_client
