#!/usr/bin/env bash
# Usage: tools/try-install.sh, as root, on a Debian with nothing on it: `make bare-install` has one.
# Does what the README says under "Install it": each of the ways to install, and after each the line that gives the PDF,
# with the example deck; then, with a pandoc of the system's, the lines that need one.
set -euo pipefail
cd "$(dirname "$0")/.."
clone=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DEBIAN_FRONTEND=noninteractive
unset PIP_REQUIRE_VIRTUALENV

# The README's line that begins so.
line() {
  local found
  found=$(sed -n '/^## Install it/,/^## A first macro/s/^    //p' README.md | sed 's/ *#.*//' | grep -m 1 "^$1") ||
    { echo "the README has no line '$1…' under \"Install it\"" >&2; exit 1; }
  echo "$found"
}
latex=$(line 'sudo apt install tex')
with_pip=$(line 'pip install') with_pipx=$(line 'pipx install') with_uv=$(line 'uv tool install')
build=$(line 'percent-macros build')
filter=$(line 'pandoc -F') setup=$(line 'percent-macros setup') defaults=$(line 'pandoc -d')

as_root() { apt-get -qq install --yes ${1#sudo apt install} >/dev/null; }
show() { echo "\$ $1"; bash -c "$1"; }
pdf() { # runs a line in a copy of the example's folder; there has to be a PDF then
  local folder=$work/talk
  rm -rf "$folder" && cp -R "$clone/examples/talk" "$folder"
  (cd "$folder" && show "$1")
  [ "$(head -c 5 "$folder/talk.pdf")" = %PDF- ] || { echo "there is no PDF" >&2; exit 1; }
  echo "talk.pdf: $(wc -c <"$folder/talk.pdf") bytes"
}
new_home() {
  export HOME=$work/$1
  mkdir "$HOME"
  rm -rf "$work/clone" && git clone --quiet "$clone" "$work/clone"
}

apt-get -qq update
as_root 'python3-venv pipx'
path=$PATH

new_home pip
python3 -m venv "$HOME/venv"
export PATH=$HOME/venv/bin:$path
(cd "$work/clone" && show "$with_pip")
echo "without LaTeX:"
(pdf "$build") && { echo "that should have failed" >&2; exit 1; }
as_root "$latex"
pdf "$build"
export PATH=$path
pdf "$HOME/venv/bin/$build" # in no activated environment

new_home pipx
export PATH=$HOME/.local/bin:$path
(cd "$work/clone" && show "$with_pipx")
pdf "$build"

new_home uv
python3 -m venv "$work/with-uv" && "$work/with-uv/bin/pip" install --quiet uv
ln -s "$work/with-uv/bin/uv" /usr/local/bin/uv
export PATH=$HOME/.local/bin:$path
(cd "$work/clone" && show "$with_uv")
pdf "$build"

! command -v pandoc >/dev/null || { echo "there is a pandoc on the PATH; so far there should have been none" >&2; exit 1; }
as_root pandoc
pandoc --version | sed q
pdf "$filter"
show "$setup"
if [[ $(pandoc --version) = 'pandoc 2.'* ]]; then # too old for a reader in Lua: take the one that came along
  ln -s "$HOME"/.local/share/uv/tools/*/lib/python*/site-packages/pypandoc/files/pandoc /usr/local/bin/pandoc
  hash -r
  pandoc --version | sed q
fi
pdf "$defaults"
