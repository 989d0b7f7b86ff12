#!/usr/bin/env bash
# Usage: tools/perl-source.sh FOLDER
# Puts the tests of Perl itself (t/ of its source), of the version that this system's perl has, into FOLDER. They come
# with Debian's source package, which apt-get fetches and checks into a folder of its own: the system stays as it is, and
# nobody has to be root. Where that can't be, it says why, and ends with status 77.
set -euo pipefail

folder=$(realpath -m "$1")
no() { echo "Perl's tests can't be fetched: $*" >&2; exit 77; }

command -v perl >/dev/null || no 'there is no perl'
version=$(perl -e 'printf "%vd", $^V')
if [ -e "$folder/$version/t/op/sprintf.t" ]; then
  echo "$folder/$version/t"
  exit
fi
command -v apt-get >/dev/null || no 'there is no apt-get here'
. /etc/os-release
[ "${ID:-}" = debian ] || no "this is ${PRETTY_NAME:-no Debian}, not Debian"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{parts,lists/partial,archives/partial}
# The places that packages come from here, asked for sources; only Debian's own have Perl's.
{ cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
  sed -En "s/^deb (.*debian.* main.*)/deb-src \1/p" >"$work/sources.list"
for list in /etc/apt/sources.list.d/*.sources; do
  [ ! -e "$list" ] || ! grep -q '^URIs:.*debian' "$list" || sed -E 's/^Types:.*/Types: deb-src/' "$list" >"$work/parts/${list##*/}"
done
apt() {
  "$1" -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts="$work/parts" \
    -o Dir::State::lists="$work/lists" -o Dir::Cache::archives="$work/archives" -o Dir::Cache::pkgcache= \
    -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User= "${@:2}"
}
cd "$work"
apt apt-get update >&2 || no 'the list of source packages could not be fetched'
packages=$(apt apt-cache showsrc --only-source perl | sed -n "s/^Version: \($version-\)/\1/p" | sort -ruV)
for package in $packages; do # a mirror may lack the newest
  apt apt-get source --download-only --tar-only "perl=$package" >&2 && break
done
[ -e "perl_$version.orig.tar.xz" ] || no "no mirror has the source of perl $version"

"${PYTHON:-python3}" - "perl_$version.orig.tar.xz" "$folder/$version" <<'EOF'
import pathlib, sys, tarfile

archive, folder = sys.argv[1], pathlib.Path(sys.argv[2])
with tarfile.open(archive) as tar:
    for member in tar:
        name = member.name.partition("/")[2]
        if member.isfile() and name.startswith(("t/op/", "t/re/")) and ".." not in name:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tar.extractfile(member).read())
EOF
echo "$folder/$version/t"
