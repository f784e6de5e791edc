# shellcheck shell=bash
# Shared by packaging/run and packaging/test: uv, the environment of uv.lock, Debian packages.
# Downloads come from PyPI and Debian's archive only. Sourced by bash; ROOT is the checkout.

say() { printf 'Anchorhold: %s\n' "$*" >&2; }

# Some service managers start programs with no HOME; uv and Qt both want one.
if [ -z "${HOME:-}" ]; then
  HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
  export HOME
fi
DATA=${XDG_DATA_HOME:-$HOME/.local/share}/anchorhold
VENV=$ROOT/.venv
export UV_PYTHON_DOWNLOADS=never # uv would fetch an interpreter from a third host
unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT

is_root() { [ "$(id -u)" = 0 ]; }
as_root() { if is_root; then "$@"; else sudo "$@"; fi; }

# --- Debian packages ------------------------------------------------------------------------------------

# Names in a list file: `package  # reason`, one a line.
listed() { sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$@"; }

# Of the names on stdin, those that are not installed. Debian 13 and Ubuntu 24.04 renamed libraries to NAMEt64.
missing() {
  local installed name
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii *//p')
  while read -r name; do
    grep -qxF -e "$name" -e "${name}t64" <<<"$installed" || printf '%s\n' "$name"
  done
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >&2 </dev/null
}

# Three tries, with fresh lists where there are none or where they led nowhere. Never removes a package:
# on a developer's machine that could be the VPN in use.
apt_install() {
  local try
  for try in 1 2 3; do
    if [ "$try" != 1 ] || ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then apt update || true; fi
    if apt install -y --no-install-recommends --no-remove "$@"; then return 0; fi
    sleep "$try"
  done
  say "apt-get could not install these packages; the lines above say why."
  return 1
}

# may_install REASON PACKAGE...: root may, saying what; others are asked, where there is somebody to ask.
may_install() {
  local reason=$1 answer
  shift
  if is_root; then
    say "installing Debian packages for $reason: $*"
  elif command -v sudo >/dev/null && [ -t 0 ] && [ -t 2 ]; then
    say "these Debian packages are missing for $reason: $*"
    read -r -p 'Install them with sudo apt-get install? [y/N] ' answer
    [[ $answer == [yY]* ]] || { say "going on without them."; return 1; }
  else
    say "going on without Debian packages for $reason; they can be had with: sudo apt-get install $*"
    return 1
  fi
}

install_packages() { may_install "$@" && shift && apt_install "$@"; }

# --- uv and the environment -----------------------------------------------------------------------------

find_uv() {
  local candidate
  for candidate in uv "$HOME/.local/bin/uv" "$DATA/uv/bin/uv"; do
    if "$candidate" --version >/dev/null 2>&1; then UV=$candidate; return 0; fi
  done
  return 1
}

# A bare Debian has no Python, or one without venv; certificates are needed to reach PyPI at all.
python_for_uv() {
  local -a absent
  python3 -c 'import ensurepip, venv' 2>/dev/null && return 0
  command -v dpkg-query >/dev/null || return 1
  mapfile -t absent < <(printf '%s\n' python3 python3-venv ca-certificates | missing)
  [ "${#absent[@]}" = 0 ] || install_packages "Python" "${absent[@]}"
}

# A private environment works everywhere, also where Debian forbids `pip install --user` (PEP 668).
install_uv() {
  if python_for_uv; then
    say "installing uv from PyPI into $DATA/uv"
    python3 -m venv "$DATA/uv" && "$DATA/uv/bin/python" -m pip install --quiet uv && return 0
  fi
  if command -v pipx >/dev/null; then
    say "installing uv from PyPI with pipx"
    pipx install --quiet uv && return 0
  fi
  say "installing uv from PyPI with pip"
  python3 -m pip install --quiet --user uv
}

# What the environment was made from; it holds absolute paths, so the place counts too.
fingerprint() { { sha256sum <"$ROOT/uv.lock"; sha256sum <"$ROOT/pyproject.toml"; printf '%s\n' "$ROOT"; } 2>/dev/null; }

# environment STAMP [UV OPTION...]: brings .venv up to uv.lock; nothing to do when STAMP still holds.
# --inexact: a start must not take a developer's test tools away.
environment() {
  local stamp=$VENV/$1 now
  shift
  now=$(fingerprint)
  if [ -x "$VENV/bin/anchorhold" ] && [ -x "$VENV/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then
    return 0
  fi
  if ! find_uv && ! { install_uv && find_uv; }; then
    say "uv could not be installed; install it yourself (pip install uv) and start again."
    return 1
  fi
  say "making the environment in $VENV from uv.lock"
  "$UV" sync --project "$ROOT" --frozen --inexact --quiet "$@" || {
    say "the environment could not be made; it needs Python 3.11 or newer and a way to PyPI."
    return 1
  }
  printf '%s\n' "$now" >"$stamp"
}
