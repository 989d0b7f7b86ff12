"""Which package of Debian's and of TeX Live's a file of LaTeX's is in, for those that decks use most."""

import re

from ..base import nearest

# By Debian's packages (their lists of files): a file's name without its ending, and TeX Live's package if that is
# called otherwise.
_IN = {
    "lmodern": "lmodern=lm",
    "texlive-bibtex-extra": "apacite biblatex",
    "texlive-fonts-extra": "academicons bbm=bbm-macros bbold ccicons dsfont=doublestroke ebgaramond FiraSans=fira "
    "fontawesome fontawesome5 fourier inconsolata libertine mathabx newtxtext=newtx newtxmath=newtx",
    "texlive-fonts-recommended": "marvosym wasysym",
    "texlive-latex-extra": "adjustbox animate appendixnumberbeamer blindtext braket cancel cleveref comment csquotes "
    "csvsimple diagbox enumitem esint framed fvextra gensymb glossaries lipsum makecell mdframed media9 menukeys "
    "minted multirow overpic soulutf8 standalone svg tabularray tcolorbox textpos threeparttable todonotes upquote "
    "wrapfig xurl beamerthemefocus=beamertheme-focus beamerthememetropolis=beamertheme-metropolis "
    "beamerthemetrigon=beamertheme-trigon beamerthemeArguelles=beamertheme-arguelles "
    "beamerthemeCuerna=beamertheme-cuerna beamercolorthemeowl",
    "texlive-latex-recommended": "beamer booktabs etoolbox fancyvrb fontspec listings mathtools microtype parskip "
    "pdfpages polyglossia subcaption=caption subfig unicode-math xcolor",
    "texlive-luatex": "emoji lua-ul luacolor selnolig",
    "texlive-pictures": "chemfig circuitikz forest pgf-pie pgfgantt pgfplots qrcode smartdiagram tikz=pgf tikz-3dplot "
    "tikz-cd tikz-feynman tikzducks tikzpeople tikzsymbols",
    "texlive-plain-generic": "dirtree soul ulem",
    "texlive-publishers": "acmart IEEEtran=ieeetran revtex4-2=revtex",
    "texlive-science": "algorithm=algorithms algorithm2e algpseudocode=algorithmicx bytefield mhchem nicematrix "
    "physics siunitx stmaryrd tensor",
}
_PACKAGES = {
    name: (debian, texlive or name)
    for debian, names in _IN.items()
    for name, _, texlive in (each.partition("=") for each in names.split())
}
# What comes with beamer itself: where a name is nearly one of these, it is a slip.
_THEMES = (
    "AnnArbor Antibes Bergen Berkeley Berlin Boadilla CambridgeUS Copenhagen Darmstadt Dresden EastLansing Frankfurt "
    "Goettingen Hannover Ilmenau JuanLesPins Luebeck Madrid Malmoe Marburg Montpellier PaloAlto Pittsburgh Rochester "
    "Singapore Szeged Warsaw default"
)
_COLORS = (
    "albatross beaver beetle crane dolphin dove fly lily monarca orchid rose seagull seahorse sidebartab spruce "
    "structure whale wolverine default"
)
_KNOWN = (
    *_PACKAGES,
    *(f"beamertheme{each}" for each in _THEMES.split()),
    *(f"beamercolortheme{each}" for each in _COLORS.split()),
)
_MISSING = re.compile(r"`([^']+)\.(?:sty|cls|code\.tex)' not found")
_KIND = re.compile(r"beamer(?:color|font|inner|outer)?theme")


def cure(message: str) -> tuple[str, ...]:
    """Return hints for a message of LaTeX's that says that a package, class or theme is missing; none for others."""
    found = _MISSING.search(message)
    if not found:
        return ()
    file = found[1]
    if file in _PACKAGES:
        debian, texlive = _PACKAGES[file]
        return (f"install it: `apt install {debian}` on Debian, `tlmgr install {texlive}` with TeX Live",)
    kind = _KIND.match(file)
    start = kind[0] if kind else ""
    known = [each.removeprefix(start) for each in _KNOWN if start == (_KIND.match(each) or [""])[0]]
    close = nearest(file.removeprefix(start), known)
    meant = (f"did you mean `{close}`?",) if close else ()
    name = found[0].split("'")[0].strip("`")
    ways = f"`apt-file search {name}` on Debian, `tlmgr search --global --file /{name}` with TeX Live"
    return (*meant, f"to find its package: {ways}")
