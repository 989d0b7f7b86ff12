#!/usr/bin/env bash
# Usage: [PYTEST_ARGS=…] [SUITE=trixie] tools/bare.sh COMMAND…
#        tools/bare.sh --may
# Runs shell commands one after another in a fresh clone of HEAD, in a fresh minimal Debian that has git, make and
# python3: what a machine with more on it hides shows there. At the end it prints pytest's closing line, if there is
# one. The Debian gets this machine's package sources, certificates, and settings of proxies, pip and uv.
# With --may it only says, by its exit status and a line, whether that is possible here.
#
# All is mounted in a namespace of its own, which ends with this script, however that ends. The folder is removed,
# too; the freshly made Debian stays in .cache/bare, packed, for a month.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

place=$PWD/.cache/bare
root=$place/root
clone=/root/pandoc-percent-macros

say() { echo "bare Debian: $*" >&2; }
may_not() { say "not possible here: $*"; exit 1; }

may() {
  [ "$(id -u)" -eq 0 ] || may_not "only root may mount, and change the root"
  tools/system-packages.sh bare || may_not "debootstrap is missing"
  unshare --mount --pid --fork --kill-child --mount-proc chroot / true 2>/dev/null || may_not "mounts are forbidden"
}

# Which Debian: that of this machine, from where it has it; on another system the stable one.
choose() {
  local here=
  here=$(. /etc/os-release && [ "${ID:-}" = debian ] && echo "${VERSION_CODENAME:-}") || true
  suite=${SUITE:-${here:-stable}}
  arch=$(dpkg --print-architecture)
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
    awk -v suite="$suite" '$2 == suite && $3 == "main" && !found++ { print $1 }') || true
  if [ -n "$mirror" ]; then sources=machine; else sources=ours mirror=http://deb.debian.org/debian; fi
}

make_root() {
  local packed=$place/$suite-$arch.tar.gz said
  rm -rf --one-file-system "$root"
  mkdir -p "$root"
  find "$place" -name '*.tar.gz' -mtime +30 -delete
  if [ -e "$packed" ]; then
    say "$suite as it was made before ($packed)"
    tar -C "$root" -xzf "$packed"
    return
  fi
  say "making $suite from $mirror"
  said=$(debootstrap --force-check-gpg --keyring=/usr/share/keyrings/debian-archive-keyring.gpg --variant=minbase \
    --include=ca-certificates,git,make,python3 "$suite" "$root" "$mirror" 2>&1) ||
    { tail -n 20 <<<"$said" >&2; exit 1; }
  tar -C "$root" --one-file-system --exclude='./var/cache/apt/archives/*.deb' -czf "$packed.part" .
  mv "$packed.part" "$packed"
}

# What tells programs in there how to get packages, as programs here are told.
hand_in() {
  local each certificates
  copy() { if [ -e "$1" ]; then mkdir -p "$root$(dirname "$2")" && cp -RLT "$1" "$root$2"; fi; }
  copy /etc/resolv.conf /etc/resolv.conf
  copy /etc/hosts /etc/hosts

  if [ $sources = machine ]; then
    rm -f "$root/etc/apt/sources.list"
    for each in sources.list sources.list.d trusted.gpg trusted.gpg.d keyrings auth.conf auth.conf.d preferences preferences.d; do
      copy "/etc/apt/$each" "/etc/apt/$each"
    done
    copy /usr/share/keyrings /usr/share/keyrings
  fi
  apt-config dump 2>/dev/null | grep '^Acquire::' >"$root/etc/apt/apt.conf.d/90machine" || true

  copy /usr/local/share/ca-certificates /usr/local/share/ca-certificates
  chroot "$root" update-ca-certificates >/dev/null 2>&1
  for certificates in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    [ -f "$certificates" ] || continue
    copy "$certificates" /etc/ssl/certs/ca-certificates.crt
    break
  done

  for each in pip uv; do
    copy "/etc/$each.conf" "/etc/$each.conf"
    copy "/etc/$each" "/etc/$each"
    copy "/etc/xdg/$each" "/etc/xdg/$each"
    copy "$HOME/.$each" "/root/.$each"
    copy "$HOME/.config/$each" "/root/.config/$each"
  done
  handed=(HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  while IFS= read -r -d '' each; do
    if [[ ${each%%=*} =~ $HANDED ]]; then handed+=("$each"); fi
  done < <(env -0)

  # The files and folders that these settings name, in the same places; of an index the folder around it, since its
  # pages link to files beside them.
  while read -r each; do
    if [[ $each = file://* ]]; then
      each=${each#file://}
      [[ $each != /*/* ]] || each=$(dirname "${each%/}")
    fi
    if [ -f "$each" ]; then
      copy "$each" "$each"
    elif [ -d "$each" ] && [ ! -e "$root$each" ]; then
      mkdir -p "$root$each"
      mount --bind -o ro "$each" "$root$each"
    fi
  done < <(
    { printf '%s\n' "${handed[@]:2}"; cat /etc/pip.conf "$HOME"/.pip/* {/etc/xdg,/etc,"$HOME/.config"}/{pip,uv}/* 2>/dev/null; } |
      grep -oE '(^|[=[:space:]])(file://)?/[^[:space:]]+' | sed -E 's/^[=[:space:]]//' | sort -u
  )
}
HANDED='^(CI|TERM|PYTEST_ARGS|REQUIREMENTS|PIP_.*|UV_(DEFAULT_INDEX|INDEX.*|FIND_LINKS|SYSTEM_CERTS|NATIVE_TLS)'
HANDED+='|(http|https|ftp|all|no)_proxy|(HTTP|HTTPS|FTP|ALL|NO)_PROXY'
HANDED+='|SSL_CERT_(FILE|DIR)|(CURL|REQUESTS)_CA_BUNDLE|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS)$'

run_inside() {
  local line
  choose
  make_root
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mountpoint -q "$root/dev/pts" || mount -t devpts devpts "$root/dev/pts"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no services
  chmod +x "$root/usr/sbin/policy-rc.d"
  hand_in

  [ -z "$(git status --porcelain)" ] || say "what is not committed is not in it"
  git clone --quiet "$PWD" "$root$clone"
  say "$suite, $(chroot "$root" python3 --version), $(git -C "$root$clone" log -1 --format='commit %h')"
  for line; do
    echo "\$ $line"
    chroot "$root" env -i "${handed[@]}" bash -c "cd $clone && $line"
  done
}

if [ "${1:-}" = --inside ]; then
  shift
  run_inside "$@"
  exit
fi
[ $# -gt 0 ] || { sed -n 's/^# \(Usage.*\|  .*\)/\1/p' "$0" >&2; exit 2; }
may
[ "$1" != --may ] || exit 0

mkdir -p "$place"
exec 9>"$place/lock"
flock --nonblock 9 || may_not "another run is at it in $place"
log=$place/log pipe=$place/pipe
namespace=
end() {
  trap '' HUP INT TERM # a second one would leave the folder
  [ -z "$namespace" ] || kill -KILL "$namespace" 2>/dev/null || true # with it goes all that runs in there
  wait 2>/dev/null
  for _ in {1..100}; do # its processes take a moment to go
    rm -rf --one-file-system "$root" "$log" "$pipe" "$place"/*.part 2>/dev/null && break
    sleep 0.1
  done
}
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
rm -f "$pipe"
mkfifo "$pipe"
set -m # process groups of their own: what a terminal sends comes here, and not to all that runs in there
tee "$log" <"$pipe" &
tee=$!
setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc -- "$BASH" "$0" --inside "$@" \
  </dev/null >"$pipe" 2>&1 &
namespace=$!
set +m
status=0
wait "$namespace" || status=$?
namespace=
wait "$tee"
grep -E '^(=+ )?([0-9]+ (passed|failed|skipped|errors?|xfailed|deselected|warnings?)|no tests ran)\b.* in [0-9]' "$log" | tail -n 1 || true
exit $status
