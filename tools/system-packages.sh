#!/usr/bin/env bash
# Usage: tools/system-packages.sh GROUP…
# Sees to the programs, TeX files and fonts of the groups that the system itself has to bring: with apt-get where
# that is possible; else it says what is missing, and fails. While nothing is missing, it asks nothing of the network.
set -euo pipefail

# group  what is needed          Debian's package
table='
python   module:ensurepip        python3-venv
pandoc   command:pandoc          pandoc
tex      command:pdflatex        texlive-latex-base
tex      tex:beamer.cls          texlive-latex-recommended
tex      tex:tikz.sty            texlive-pictures
tex      tex:lmodern.sty         lmodern
engines  tex:luaotfload.sty      texlive-luatex
engines  command:xelatex         texlive-xetex
engines  tex:pzdr.tfm            texlive-fonts-recommended
poppler  command:pdftotext       poppler-utils
editors  command:vim             vim
editors  command:nvim            neovim
editors  command:emacs           emacs-nox
editors  command:texstudio       texstudio
editors  command:node            nodejs
editors  command:latexmk         latexmk
editors  command:zsh             zsh
editors  command:fish            fish
editors  command:man             man-db
browser  command:chromium        chromium
bench    command:latexmk         latexmk
bench    command:valgrind        valgrind
bench    command:npm             npm
faults   command:strace         strace
faults   command:ps             procps
bare     command:debootstrap     debootstrap
bare     file:/usr/share/keyrings/debian-archive-keyring.gpg  debian-archive-keyring
faults   command:valgrind       valgrind
artwork  command:rsvg-convert    librsvg2-bin
artwork  font:Inter              fonts-inter
artwork  font:JetBrains_Mono     fonts-jetbrains-mono
'

is_there() {
  local name=${1#*:}
  case $1 in
    command:*) command -v "$name" ;;
    file:*) [ -e "$name" ] ;;
    module:*) "${PYTHON:-python3}" -c "import $name" ;;
    tex:*) command -v kpsewhich && kpsewhich "$name" ;;
    font:*) command -v fc-list && fc-list "${name//_/ }" | grep . ;;
  esac >/dev/null 2>&1
}

missing=() packages=()
look() {
  missing=() packages=()
  local group need package
  while read -r group need package; do
    case " $* " in *" $group "*) ;; *) continue ;; esac
    is_there "$need" && continue
    missing+=("${need#*:}") packages+=("$package")
  done <<<"$table"
}

look "$@"
[ ${#missing[@]} -gt 0 ] || exit 0
echo "missing on this system: ${missing[*]}" >&2
if ! command -v apt-get >/dev/null; then
  echo "Please install them with your package manager. Debian's packages are: ${packages[*]}" >&2
  exit 1
fi
sudo=
[ "$(id -u)" -eq 0 ] || sudo='sudo -n'
if [ -n "$sudo" ] && ! $sudo true 2>/dev/null; then
  echo "Please run this, then make again:  sudo apt-get install --no-install-recommends ${packages[*]}" >&2
  exit 1
fi
apt() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@" >/dev/null; }

echo "installing ${packages[*]}; this can take some minutes" >&2
apt update
apt install --yes --no-install-recommends "${packages[@]}"

look "$@"
[ ${#missing[@]} -eq 0 ] || { echo "installed, but still missing: ${missing[*]}" >&2; exit 1; }
