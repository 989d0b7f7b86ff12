# ruff: noqa: E501 — the tables read better in long lines
"""Random programs of the part that the language shares with Perl: typed, so that most of them run.

A template is filled in from left to right: ``«n»`` is a number, ``«s»`` a text, ``«l»`` a list, ``«t»`` a condition,
``«x»`` a number or a text; ``«i»`` a small count, ``«p»`` a place in a text, ``«P»`` one far outside; ``«N»`` a number near
the limits of integers, ``«M»`` one that Perl shows alike after it was compared; ``«u»`` a text with letters and spaces
of Unicode; ``«e»`` an end of a range of texts; ``«m»`` a text to be matched, ``«/»`` a pattern, ``«1»`` one with a group,
``«2»`` with two, ``«r»`` what replaces a match, ``«k»`` a key; ``«$n»`` and ``«$s»`` a variable, ``«@»`` the name of an array,
``«%»`` that of a lookup table. What stands in ``«a|b|c»`` is one of these.
"""

from __future__ import annotations

import random
import re

NUMBERS = """0 1 2 3 7 10 42 100 255 0.5 1.5 2.25 0.1 1e3 1e15 1e-5 1_000 0x1A 017 0b101 .5 5. 3.14159 1e16 1e20 1e100
    9007199254740992 9007199254740993 9223372036854775807 9223372036854775808 18446744073709551615 18446744073709551616
    4294967296 123456789012345678 999999999999999 1000000000000000 0.30000000000000004 1_000_000.5 1E3 6.02e+23""".split()
TEXTS = r"""''  ""  'a'  "b"  'abc'  "hello"  '12'  ' 12 '  '3.5'  '1e3'  '0'  '0.0'  '00'  '-7'  '+5'  'a\'b'  'a\\b'  '\n'  "\n"
    "\t\x41\x{263a}"  "\$x \@y \\"  'éà'  "Ünï"  q{a{b}c}  q(a\)b)  qq{x}  qq[a[b]c]  q<a>  q|a b|  qq!x!  'a,b,,c,,'
    'xabyabz'  '.5'  '5.'  'Inf'  'nan'  "a\-b"  "50\%"  "\e[0m"  'A'  'z'  'Zz'  'a9'  "\x01"  q{\}\\\{}  qq{a\}b}
    'straße'  "me@"  "a\"b"  '"'  "#no"  """.strip()
TEXTS = [*re.split(r"\s{2,}", TEXTS), "'  a b  c '", "'a b'"]
# Around the limits of integers, of exact floating point, and of what is shown without an exponent.
LARGE = """9007199254740991 9007199254740992 9007199254740993 9223372036854775806 9223372036854775807 9223372036854775808
    18446744073709551614 18446744073709551615 18446744073709551616 4294967295 4294967296 4294967297 2147483648 3037000500
    1e15 1e16 1e17 1e18 1e19 1.5e19 1e20 1e100 1e300 1e308 4.5e15 9.1e15 999999999999999 1e-5 1e-300 0.5 1.5 2.5 0 1 2 3 7
    -1 -2 -3 -7 -0.5 -2.5 -1e15 -1e16 -1e19 -1e20 -9223372036854775807 -9223372036854775808 -4294967296 -2147483649
    9**9**9 -9**9**9 '1e15' '9223372036854775808' '1e19' '-1e15' 'Inf' '-inf' 'nan' 100000000000000000000 0x7fffffff""".split()
PLACES = """0 1 2 3 -1 -2 -3 -4 -5 10 -10 1.5 -1.5 '2' '-1' 1e15 -1e15 1e19 1e20 -1e20 9223372036854775807 9223372036854775808
    18446744073709551615 -9223372036854775808 9**9**9 -9**9**9 'nan' 4294967296 -4294967297 '1e1'""".split()
UNICODE = r"""'straße'  'ŒUVRE'  'ΑΣ ΟΔΥΣΣΕΥΣ'  'ς'  'Ǆungla'  'ǆ'  'ﬁn'  'İstanbul'  'ısı'  'ÿ'  'ẞ'  'ŉ'  'µm'  "a\x{a0}b\x{2003}c"
    "\x{a0}x y"  "\x{3000}x\x{85}y\x{2028}"  "e\x{301}é"  "a\x{200b}b"  "\x{1F600}\x{1F468}"  'ΐ'  'ᾳ'  'ა'  'Ꭰꭰ'
    "\x{1c}a\x{1d}b"  "ｗｉｄｅ"  "１２"  'À LA'  'ἀΣ.'  'ΣΣ'  "a\x{b}b\x{c}c"  "\x{1680}\x{202f}z"  'ñ'""".split("  ")
UNICODE = [each.strip() for each in UNICODE if each.strip()]
ENDS = """a b z aa az ba zz A Z Zz ZZ aA a9 z9 a1 b2 09 9 00 01 3 12 99 0 1 -1 -2 +1 1.5 2e0 .5 é a-1 *""".split()
FORMATS = """%s %5s %-5s| %05s %.2s %d %5d %-5d| %05d %+d %i %u %x %#x %X %#X %o %#o %b %#b %B %08b %e %.2e %E %f %.0f %.3f
    %+.1f %010.2f %g %.3g %G %#g %.10g %.3d %08.3d %+05d %-+6d| %% %.0d %ld %hd %-10.3e| %.15g %.17g %#.0f %#.3o
    %3d%% %3c %c""".split()

NUMBER = """
    «n» + «n»~«n» - «n»~«n» * «n»~(«n» + «n») * «n»~«n» / «n»~«n» % «n»~«n» ** «i»~-«$n»~- «n» ** 2~(«n»)~(«t» ? «n» : «n»)
    ~length(«s»)~abs(«n»)~int(«n»)~(«n» <=> «n»)~(«n» || «n»)~(«n» && «n»)~index(«s», «s»)~rindex(«s», «s»)
    ~index(«s», «s», «p»)~(«s» cmp «s»)~rindex(«s», «s», «p»)~min(«n», «n»)~max(«n», «n», 3)~sum(«n», «i»)~floor(«n»)
    ~ceil(«n»)~sqrt(abs(«n»))~(abs -«$n»)~(int +«$n» - «n»)~(length -«i»)~atan2(«n», «n»)~ord(«s»)~hex('«ff|0x1F|A0|7»')~oct('«17|0x1f|0b11|755»')~sum0(1, 2)~sum0()~sum0(«n»)
    ~«n» + («t»)~int(«n» / «n»)~!!«n» + 1~product(«n», 2)~sin(«n»)~exp(«i»)~+(«n»)~«n» - «n» - «n»
    ~2 ** «i» ** «i»~(«n» // «n»)~'«3| 4 |1e2|-2»' * «n»~(not «n») + 0~not(«t») + 1~log(abs(«n») + 1)
    ~(sort { $a <=> $b } «n», «n», 3)[0]~length «$s»~abs «$n» + 1~«s» x «i» eq «s»~(«n», «n»)[«0|1|-1»]
    ~«n» == «n» ? «n» : «n» != «n» ? «n» : «n»~cos «$n»~int «$n» / 2~«n» * «n» % 7~round(«n»)
    ~«N» % «N»~«N» «+|-|*|/» «N»~«N» ** «i»~(«N» <=> «N»)~«N» == «N»~int(«N»)~abs(«N»)~-(«N»)~«n» % «N»~«N» «+|-|*» «n»~(«N»)
    ~index(«s», «s», «P»)~rindex(«s», «s», «P»)~index(«u», substr(«u», 1, 1))~length(«u»)~ord(«u»)~max(«N», «N»)~min(«N», «N», «n»)
    ~sum(0.5, «N», «N»)~product(«N», «i»)~(sort { $a <=> $b } «M», «M», «M»)[1]~floor(«N»)~ceil(«N»)~round(«N»)~length(lc(«u»))
    ~hex('«ff_ff|0XfF|x1|FFFFFFFF|_1»')~oct('«0B11|x1F|b1|7_7| 17|0o17|o7|1_0»')~-«'-7'|'+3'|' 4'|'1e15'|'-0'»~sqrt(abs(«N»))
"""
NUMBER_OF_LIST = (
    "scalar(@«@»)~$#«@»~@«@» + 0~(@«@» > 2 ? «n» : «n»)~scalar(uniq(@«@»))~$#{«@»} + 1~scalar(grep { $_ eq «s» } @«@»)"
)
TEXT = r"""
    «s» . «s»~«s» . «n»~«n» . «s» . «s»~«s» . («n»)~(«t» ? «s» : «s»)~uc(«s»)~lc(«s»)~ucfirst(«s»)~lcfirst «$s»
    ~substr(«s» . 'abcdef', «p»)~substr(«s» . 'abcdefghijkl', «p», «p»)~(«s») x «i»~«$s» x «i»~'-'x«3|2|0»~join(«s», «l»)
    ~(join ',', «l», 'z')~reverse(«s») . ''~scalar(reverse(«s», «s»))~(«s» || «s»)~(«s» && «s»)~(«s» // «s»)
    ~"«in»«in»"~"«in»«in»«in»"~qq{«in»«in»}~qq(«in»«in»)~sprintf('%2$s-%1$s', «s», «n»)~sprintf('%*d|', «i», «n»)
    ~sprintf('%-*s|', «i», «s»)~sprintf('%.*f', «i», «n»)~sprintf(«format»)~sprintf(«format»)~chr(«65|97|233|9786|65.9»)
    ~(«t») . ''~'' . «n»~(sort(«l», «x»))[0] . ''~((«l», «s»)[«p»] // 'none')~-'«abc|-abc|+abc|a-b»'~lc(uc «$s»)
    ~(«s» lt «s» ? 'lt' : «s» eq «s» ? 'eq' : 'gt')~join('|', split(«split»))~join(',', map { $_ . «s» } «l»)
    ~join(',', grep { $_ ne «s» } «l»)~join(',', sort { $b cmp $a } «l»)~join(',', reverse «l»)~«s» . «n» + 1~"«$n»" . «n»
    ~join('', map { "[$_]" } «l»)~(«n» <=> «n») . «s»~uc «$s» . «s»~ucfirst(lc(«s»))~substr(«s», 0, 1)~sprintf("%s", «l», 1)
    ~uc(«u»)~lc(«u»)~ucfirst(«u»)~lcfirst(«u»)~«u» . «s»~scalar(reverse(«u»))~join('|', split(' ', «u»))~join('|', split('', «u»))
    ~substr(«s» . 'abcdef', «P», «P»)~substr(«u», «P»)~«N» . ''~join(',', sort { $a <=> $b } «M», «M», «M»)~join(«n», «l»)
    ~sprintf(«field»)~sprintf(«field»)~sprintf(«field»)~sprintf('«%vd|%vX|%#vo|%v02x|%-v4d»', «u»)~sprintf('%*vd', «s», «u»)
    ~join(',', '«e»' .. '«e»')~join(',', sort { lc($a) cmp lc($b) || $b cmp $a } «l»)~-«'a-b'|'-a'|'+a'|'- 1'|'-'|'+1e3'|'_'|'-inf'»
    ~join(',', sort { $b <=> $a || $a cmp $b } «M», '3', «M», 2)~join('', reverse(«l», «s»))~join('', reverse «s»)~uc(«s») lt «s»
    ~sprintf('%s %s', «N», «N»)~sprintf('«%d|%x|%u|%b|%o|%i|%hd|%hhu|%e|%g|%a|%.0f|%s|%+d|% d|%05d»', «N»)~'' x «i»~«s» x '2'
    ~(«t») ? reverse(«s») . '' : «s»~join('|', split(«separator», «s», «P»))~join(',', uniq(«N», «N», «n»))
"""
TEXT_OF_LIST = r"""
    "<\@«@»>"~($#«@» >= 0 ? $«@»[«0|-1»] : 'empty')~"a@«@»" . «s»~join('-', @«@»[0 .. $#«@»])~($«@»[«p»] // «s»)
    ~(defined $«@»[«i»] ? 'd' : 'u')~"@«@» and @«@»"~join(':', (@«@», «x»)[0, -1])~(join ',', @«@»)
"""
LIST = r"""
    ()~(«x», «x»)~(«x», «x», «x»)~(1 .. «i»)~qw(a b c)~qw/x y/~('a' .. '«a|c|e»')~('aa' .. 'ad')~('08' .. '11')
    ~(1, 2, 3)~('x' .. 'ab')~(2.5 .. 4.5)~((«x»), (1, 2))~(sort(«l», 1))~(reverse «l»)~(uniq(«l»))~(split(«split»))
    ~(map { $_ . 'm' } «l»)~(map { ($_, 1) } «l»)~(grep { length($_) > 1 } «l»)~(«t» ? «l» : ())~(sort { $a cmp $b } «l»)
    ~(«l», «x»)[0, 1]~(«l», «x»)~(1, 2)[0]~(«0|1|2|-2|1.5|'2'» .. 3)
    ~('«e»' .. '«e»')~(sort { $a <=> $b } «M», «M»)~split(' ', «u»)~split(«split»)~reverse(«s»)~reverse(«l», «l»)
    ~(map { split(',', $_) } «l»)~(grep { $_ } «l»)~(«x», «x», «x»)[«p», «p»]~map { reverse($_, 1) } «l»
    ~(map { my $t = $_; $t .= «s»; $t } «l»)~(grep { my $t = length($_); $t > 1 } «l»)~(sort { my $r = $a cmp $b; -$r } «l»)
    ~(map { if (length($_) > 1) { 'long' } else { $_ } } «l»)~(map { my @p = split('', $_); reverse(@p) } «l»)
    ~(map { my ($p, $q) = split(',', $_); $q // $p // 'none' } «l»)~(map { ($_ => 1) } «l»)~(map {; "$_" => length($_) } «l»)
    ~(sort { my $r = length($a) <=> length($b); $r || $a cmp $b } «l»)~(grep { $_ ne 'a' && $_ ne «s» } «l»)
"""
LIST_OF_LIST = "@«@»~(@«@», «x»)~@«@»[0 .. $#«@»]~(reverse sort @«@»)~(map { $_ x 2 } @«@»)"
TRUTH = """
    «n» «==|!=|<|>|<=|>=» «n»~(«s») «eq|ne|lt|gt|le|ge» («s»)~!(«t»)~(not «t»)~«t» && («t»)~(«t») || («t»)~(«n» < «n») and («t»)
    ~(«t») or «n» == «n»~defined(«s»)~«n» < «n» < 10~!«$s»~! «n»~((«n») == («n»)) == !1~length «$s» > 2~«n» <= «n»
    ~defined «$n» && «n» != 3~(«s» eq «s» or not «n»)~not(«t») || «t»~«n» == «n» != 1~! «t» eq ''~«t» // 0
"""

# Patterns, with texts that they may match.
MATCHED = r"""'abcabc'  'aabbcc'  "a b\tc"  "a\nb\nab\n"  'k=v;x=12'  'été à Noël'  'STRASSE'  'x1y22z333'  "\x{a0}a\x{2003}b"  ''  'ab'
    "b\n"  '٣x'  'a_b-c.d'  'AbAB'  'ÉÀ'  "\n"  'foo.tar.gz'  '2024-01-15'  'aaa'  'ba'  "e\x{301}"  'Ωω'  "a\r\nb" """.split(
    "  "
)
MATCHED = [each.strip() for each in MATCHED if each.strip()]
ATOMS = r"""a a b b c x 1 e é . . \w \w \d \s \S \W \D \h [abc] [a-c] [^a] [^\w] [\w.] [\s,] [[:alpha:]] [b-é] \. - = \t \n à [A-Z] \x61
    \x{e9} [^\n] \p{L} \p{Lu} \N [\d-] []a]""".split()
EDGES = [r"\b", r"\B", "^", r"\A", r"\z"]
NUMBER_OF_TABLE = (
    "scalar(keys %«%»)~(exists $«%»{«k»} ? «n» : «n»)~scalar(grep { defined $«%»{$_} } keys %«%»)~(%«%» ? 1 : 0)"
)
TEXT_OF_TABLE = r"""
    ($«%»{«k»} // «s»)~join(',', sort keys %«%»)~join(',', map { "$_=" . ($«%»{$_} // 'u') } sort keys %«%»)
    ~join(',', map { $«%»{$_} // 'u' } sort keys %«%»)~(exists $«%»{«k»} ? 'yes' : 'no')~(delete($«%»{«k»}) // «s»)
    ~join(',', sort { ($«%»{$a} // '') cmp ($«%»{$b} // '') || $a cmp $b } keys %«%»)~join(',', grep { exists $«%»{$_} } «l», 'a')
"""
LIST_OF_TABLE = "(map { $_ // 'u' } (@«%»{'a', $s, «'é'|1.50|'x y'»})[0, 1, 2])~(map { «s» . ($«%»{$_} // 'u') } sort keys %«%»)~(sort map { $_ . 'x' } keys %«%»)~(sort keys %«%»)~(map { $_ . 'm' } sort keys %«%»)~(sort map { $_ // 'u' } values %«%»)"
TEXT_OF_PATTERN = r"""
    («m» =~ /«/»/«f» ? 'yes' : 'no')~(«m» =~ /«1»/«f» ? '<' . ($1 // 'u') . '>' : 'no')
    ~(«m» =~ /«2»/«f» ? ($1 // 'u') . '-' . ($2 // 'u') : 'no')~(«m» =~ s/«/»/«r»/«f»r)~(«m» =~ s/«/»/«r»/«f»gr)
    ~(«m» =~ s/«1»/«r»$1/«f»r)~(«m» =~ s/«1»/<$1>«r»/«f»gr)~join('|', map { $_ // 'u' } «m» =~ /«/»/«f»g)
    ~join('|', map { $_ // 'u' } «m» =~ /«1»/«f»g)~join('|', map { $_ // 'u' } «m» =~ /«2»/«f»g)~join('|', «m» =~ /«/»/«f»)
    ~join('|', map { $_ // 'u' } «m» =~ /«2»/«f»)~join('|', split(/«/»/«f», «m»«|, 2|, -1|, 1|, 3»))
    ~join('|', map { $_ // 'u' } split(/«1»/«f», «m»«|, 2|, -1»))~(«m» =~ tr/«abc|a-c|a-zé|^a|\x{e0}-\x{ff}|a-z0-9|\n\-»/«|x|xy|A-Z|-»/«|d|s|c|cd|cs|ds»r)
    ~join('', map { /«/»/ ? 'y' : 'n' } «m», «m»)~join('|', grep { $_ =~ /«/»/«f» } «m», «m», «l»)~join('|', map { $_ =~ s/«/»/«r»/gr } «m», «m»)
    ~(«m» =~ s/^\s+|\s+$//gr)~join('|', sort { $a cmp $b } «m» =~ /\w+/g)~(«m» =~ /«1»/«f» ? 1 : 0) . ($1 // 'u')~(«m» =~ /«2»/«f») . join('-', map { $_ // 'u' } $1, $2)
    ~join(',', map { /«1»/«f»; $1 // 'u' } «m», «m»)~(«m» =~ /(?:\Q$s\E)/ ? 'in' : 'out')
"""
NUMBER_OF_PATTERN = """scalar(grep { /«/»/«f» } «m», «m», «l»)~scalar(split(/«/»/, «m»))~(«m» =~ /«/»/«f») + 0~(«m» !~ /«/»/«f») + 1
    ~(«m» =~ /(\\d+)/ ? $1 + 1 : «n»)"""
TRUTH_OF_PATTERN = "«m» =~ /«/»/«f»~«m» !~ /«/»/«f»~(«m» =~ /«1»/«f» and defined $1)~exists $«%»{«k»}~%«%»~!%«%»"

CHOICES = {
    "i": ["0", "1", "2", "3", "2.7", "'2'", "5"],
    "p": ["0", "1", "2", "3", "-1", "-2", "10", "-10", "1.5"],
    "P": PLACES,
    "N": LARGE,
    "M": [each for each in LARGE if not re.fullmatch(r"'?-?[\d.]+e15'?", each)],
    "u": UNICODE,
    "e": ENDS,
    "m": [*MATCHED, *MATCHED, *TEXTS[:6], "$s"],
    "f": ["", "", "", "i", "m", "s", "x"],
    "r": ["", "-", "<>", "é", r"\\", r"\$", r"\n", "$n", "$s."],
    "k": ["a", "b", "c", "'x y'", "1", "'é'", "01", "1.50", "-a", '"a"', "$s", "'1'"],
    "separator": ["','", "' '", "''", "'ab'", "'é'", "'12'"],
}
_HOLE = re.compile(r"«([^»]*)»")


def _forms(table: str) -> list[str]:
    return [" ".join(each.split("\n    ")).strip() for each in re.split(r"(?<![=!])~", table.strip())]


FORMS = {"n": _forms(NUMBER), "s": _forms(TEXT), "l": _forms(LIST), "t": _forms(TRUTH)}
FORMS_OF_LISTS = {
    "n": _forms(NUMBER_OF_LIST),
    "s": _forms(TEXT_OF_LIST),
    "l": _forms(LIST_OF_LIST),
    "t": ["@«@»", "!@«@»"],
}
FORMS_OF_TABLES = {"n": _forms(NUMBER_OF_TABLE), "s": _forms(TEXT_OF_TABLE), "l": _forms(LIST_OF_TABLE)}
FORMS_OF_PATTERNS = {
    "n": _forms(NUMBER_OF_PATTERN),
    "s": _forms(TEXT_OF_PATTERN),
    "t": [each for each in _forms(TRUTH_OF_PATTERN) if "«%»" not in each],
}


class Writer:
    """Writes the program of a seed. It begins with ``$n`` and ``$s``."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.known: dict[str, list[str]] = {"n": ["n"], "s": ["s"], "l": [], "h": []}
        self.fixed = {"_"}  # what a loop gives its value
        self.count = 0
        self.loops = 0

    def program(self) -> str:
        lines = [self.statement(2) for _ in range(self.random.randint(1, 6))]
        return "\n".join([*lines, self.ending()])

    def ending(self) -> str:
        forms = ["return «s»;"] * 6 + [
            "return «l»;",
            "return («s», «l»);",
            "return reverse(«s»);",
            "return reverse(«l»);",
        ]
        forms += ["reverse(«s», «s»)", "«l»", "return «t» ? reverse(«s») : «l»;", "return «t» && reverse(«l»);"]
        forms += ["«s»", "if («t») { «s» } else { «s» }", "unless («t») { «s» }", "«s» if «t»"]
        return self.fill(self.pick([*forms, "my $last = «s»", "if («t») { return «s» } elsif («t») { «s» } «s»;"]), 3)

    # Statements

    def statement(self, depth: int) -> str:
        kinds = [self.new_number, self.new_text, self.new_list, self.change, self.change, self.grow, self.new_both]
        kinds += [self.new_parts, self.new_table, self.change_table, self.match, self.match]
        if depth:
            kinds += [self.condition, self.loop, self.loop, self.modified, self.early]
        return self.random.choice(kinds)(depth)

    def block(self, depth: int) -> str:
        kept = {kind: [*names] for kind, names in self.known.items()}
        lines = [self.statement(depth - 1) for _ in range(self.random.randint(1, 3))]
        if self.loops and self.random.random() < 0.2:
            lines.append(self.fill("«last|next» if «t»;", 1))
        self.known = kept
        return f"{{ {' '.join(lines)} }}"

    def declare(self, kind: str) -> str:
        self.count += 1
        name = f"{kind}{self.count}"
        self.known[kind].append(name)
        return name

    def new_number(self, depth: int) -> str:
        value = self.fill("«n»", 3)
        return f"my ${self.declare('n')} = {value};"

    def new_text(self, depth: int) -> str:
        value = self.fill("«s»", 3)
        return f"my ${self.declare('s')} = {value};"

    def new_list(self, depth: int) -> str:
        # A repeated list stands alone: as an operand of && or ?: it finds faults of Perl itself (5.36).
        value = self.fill(self.pick(["«l»", "«l»", "«l»", "(«l», «x») x «i»", "(«x») x «i»"]), 3)
        return f"my @{self.declare('l')} = {value};"

    def new_both(self, depth: int) -> str:
        values = self.fill("(«n», «s», «l»)", 2)
        return f"my (${self.declare('n')}, ${self.declare('s')}, @{self.declare('l')}) = {values};"

    def new_parts(self, depth: int) -> str:
        """Return a declaration of what ``split`` gives: its limit follows from the variables."""
        value = self.fill(
            self.pick(["split(«split»)", "split(' ', «u»)", "split(«separator», «s»)", "(split ',', «s»)"]), 1
        )
        names = [f"${self.declare('s')}" for _ in range(self.random.randint(1, 3))]
        array = f", @{self.declare('l')}" if self.random.random() < 0.2 else ""
        return f"my ({', '.join(names)}{array}) = {value}; " + " ".join(f"{name} //= 'none';" for name in names)

    def new_table(self, depth: int) -> str:
        forms = [
            "(«pairs»)",
            "(«pairs»)",
            "map { $_ => «x» } «keys|qw(a b)|qw(b c b)»",
            "(«pairs», «k» => «x»)",
            "()",
            "qw(a 1 b 2)",
        ]
        value = self.fill(self.pick(forms).replace("«keys|", "«"), 1)
        return f"my %{self.declare('h')} = {value};"

    def change_table(self, depth: int) -> str:
        if not self.known["h"]:
            return self.new_table(depth)
        forms = [
            "$«%»{«k»} = «x»;",
            "$«%»{«k»} .= «s»;",
            "delete $«%»{«k»};",
            "$«%»{«s»} = «n»;",
            "$«%»{«k»} //= «s»;",
            "%«%» = («pairs»);",
        ]
        forms += ["$«%»{$_} .= 'x' for qw(a b a);", "$«%»{«k»} ||= «n»;", "$«%»{$_}++ for qw(a b a);", "$«%»{new}++;"]
        forms += ["for my $k (sort keys %«%») { $s .= $k . ($«%»{$k} // 'u'); }", "$«%»{«k»} = $«%»{«k»} // «s»;"]
        forms = forms[2:] if self.loops else forms
        return self.fill(self.pick(forms), 1)

    def match(self, depth: int) -> str:
        """Return a statement that matches, or replaces what matches in a variable."""
        names = [each for each in self.known["s"] if each not in self.fixed]
        name = f"${self.pick(names)}"
        forms = [f"{name} =~ s/«/»/«r»/«f»;", f"{name} =~ s/«/»/«r»/«f»g;", f"{name} =~ tr/a-c/«x|xy|A-C|»/«|s|d»;"]
        forms += [f"{name} =~ s/«1»/«r»$1/«f»;", f"if ({name} =~ /«1»/«f») {{ $s = $1 // 'u'; }}"]
        if not self.loops:
            forms += ["my ($NEW) = «m» =~ /«1»/«f»; $NEW //= 'none';", "(my $NEW = «m») =~ s/«/»/«r»/«f»g;"]
            forms += ["my $NEW = «m» =~ s/«/»/«r»/«f»r;", f"my $NEW = ({name} =~ s/«/»/«r»/«f»g) || 0;"]
        form = self.pick(forms)
        text = self.fill(form, 1)
        return text.replace("NEW", self.declare("s")) if "NEW" in text else text

    def change(self, depth: int) -> str:
        if self.random.random() < 0.1:
            return self.stepped()
        kind = self.pick(["n", "s"])
        name = self.pick([each for each in self.known[kind] if each not in self.fixed])
        signs = (
            ["=", "+=", "-=", "*=", "/=", "||=", "//=", "&&=", "**=", "%="]
            if kind == "n"
            else ["=", ".=", ".=", "//=", "||=", "x="]
        )
        sign = self.pick([each for each in signs if each != "x=" or not self.loops])
        if kind == "s" and self.loops:
            return self.fill(f"${name} {sign} substr(«s», 0, 20);", 2)  # what doubles in each round is no test
        return f"${name} {sign} {self.fill('«i»' if sign == 'x=' else f'«{kind}»', 2)};"

    def stepped(self) -> str:
        """Return a statement that goes on to the next number, or the next text of letters and digits."""
        name = self.declare("s")
        value = self.pick(
            ["'a'", "'az'", "'Zz'", "'a9'", "'zz'", "'09'", "'9'", "1.5", "-1", "''", "9223372036854775807", "$n"]
        )
        return f"my ${name} = {value}; {self.pick(['$NAME++', '++$NAME', '$NAME += 1']).replace('NAME', name)};"

    def grow(self, depth: int) -> str:
        if not self.known["l"]:
            return self.new_list(depth)
        name = self.pick(self.known["l"])
        if self.loops:
            forms = ["push @L, «x»;", "pop @L;", "shift(@L);", "unshift @L, «x»;", "@L = («l»)[0, 1];"]
            return self.fill(self.pick(forms).replace("L", name), 1)
        forms = [
            "push @L, «x»;", "unshift(@L, «x», «x»);", "pop @L;", "shift(@L);", "@L = «l»;", "$L[«i»] = «s»;", "push(@L, «l»);",
            "push @L, («l», «x»);", "$L[0] .= «s»;",
        ]  # fmt: skip
        return self.fill(self.pick(forms).replace("L", name), 2)

    def condition(self, depth: int) -> str:
        text = self.fill("«if|unless» («t») ", 2) + self.block(depth)
        if self.random.random() < 0.4:
            text += self.fill(" elsif («t») ", 2) + self.block(depth)
        return text + (f" else {self.block(depth)}" if self.random.random() < 0.5 else "")

    def loop(self, depth: int) -> str:
        kept = {kind: [*names] for kind, names in self.known.items()}
        kind, source = self.random.choice([("n", "«0|1|-1» .. «i»"), ("s", "«l», ()")])
        source = self.fill(source, 1)
        name = self.declare(kind)
        self.fixed.add(name)
        self.loops += 1
        text = f"{self.pick(['for', 'foreach'])} my ${name} ({source}) {self.block(depth)}"
        self.loops -= 1
        self.known = kept
        return text

    def modified(self, depth: int) -> str:
        if self.random.random() < 0.7:
            return self.change(depth).rstrip(";") + self.fill(" «if|unless» «t»;", 2)
        source = self.fill("(1 .. «i»)", 1)
        self.known["n"].append("_")
        change = self.change(depth).rstrip(";")
        self.known["n"].remove("_")
        return f"{change} for {source};"

    def early(self, depth: int) -> str:
        return self.fill("return «s» if «t»;", 2)

    # Expressions

    def pick(self, choices: list[str]) -> str:
        return self.random.choice(choices)

    def fill(self, form: str, depth: int) -> str:
        for sign, kind in (("«@»", "l"), ("«%»", "h")):
            form = form.replace(sign, self.pick(self.known[kind])) if sign in form else form
        return _HOLE.sub(lambda hole: self.hole(hole[1], depth), form)

    def hole(self, kind: str, depth: int) -> str:
        match kind:
            case "n" | "s" | "l" | "t":
                return self.expression(kind, depth - 1)
            case "x":
                return self.expression(self.pick(["n", "s"]), depth - 1)
            case "$n" | "$s":
                return "$" + self.pick(self.known[kind[1]])
            case "/":
                return self.alternatives(2)
            case "1" | "2":
                return self.grouped(int(kind))
            case "pairs":
                return ", ".join(self.fill("«k» => «x»", 1) for _ in range(self.random.randint(1, 3)))
            case "field":
                return self.field(depth)
            case "in":
                return self.interpolated()
            case "format":
                return self.format(depth)
            case "split":
                return self.fill("«','|' '|''|'ab'|'b'», «s»«|, 2|, -1|, 0|, 10|, 1»", depth)
        return self.pick(CHOICES.get(kind) or kind.split("|"))

    # Patterns

    def alternatives(self, depth: int) -> str:
        text = "|".join(self.sequence(depth) for _ in range(self.pick([1, 1, 1, 2])))
        edge = self.random.random()
        return f"^{text}" if edge < 0.1 else f"{text}$" if edge < 0.2 else text

    def sequence(self, depth: int) -> str:
        return "".join(self.repeated(depth) for _ in range(self.random.randint(1, 3)))

    def repeated(self, depth: int) -> str:
        chance = self.random.random()
        if chance < 0.03:
            return self.pick(EDGES)
        if depth and chance < 0.2:
            return f"(?{self.pick([':', ':', 'i:'])}{self.alternatives(depth - 1)})" + self.pick(["", "", "?", "+"])
        return self.pick(ATOMS) + self.pick(["", "", "", "", "*", "+", "?", "+", "{2}", "{1,2}", "*?", "+?", "{2,}"])

    def grouped(self, count: int) -> str:
        """Return a pattern with so many groups."""
        parts = [self.sequence(1) if self.random.random() < 0.4 else ""]
        for _ in range(count):
            parts.append(f"({self.alternatives(1)})" + self.pick(["", "", "", "?", "+"]))
            parts.append(self.pick(["", "", "|", self.sequence(0)]))
        return "".join(parts).rstrip("|")

    def expression(self, kind: str, depth: int) -> str:
        if depth < 0 or self.random.random() < 0.15:
            return self.leaf(kind)
        forms = FORMS[kind]
        if self.random.random() < 0.2 and kind in FORMS_OF_PATTERNS:
            return self.fill(self.pick(FORMS_OF_PATTERNS[kind]), depth)
        if self.known["h"] and self.random.random() < 0.2 and kind in FORMS_OF_TABLES:
            return self.fill(self.pick(FORMS_OF_TABLES[kind]), depth)
        if self.known["l"] and self.random.random() < 0.2:
            forms = FORMS_OF_LISTS[kind]
        return self.fill(self.pick(forms), depth)

    def leaf(self, kind: str) -> str:
        if kind == "n":
            few = NUMBERS[:14] if self.random.random() < 0.8 else NUMBERS
            return self.pick([self.pick(few), "$" + self.pick(self.known["n"])])
        if kind == "s":
            return self.pick([self.pick(TEXTS), "$" + self.pick(self.known["s"])])
        if kind == "l":
            return self.pick(["()", "(1, 2)", "qw(a b c)", "(3)"])
        return self.pick(
            ["1", "0", "''", "'0'", "'00'", "$" + self.pick(self.known["n"]), "$" + self.pick(self.known["s"])]
        )

    def format(self, depth: int) -> str:
        fields = [self.pick(FORMATS) for _ in range(self.random.randint(1, 3))]
        kinds = [
            self.fill("«s»" if "s" in each else "«i»5" if "c" in each else "«n»", 1) for each in fields if each != "%%"
        ]
        return ", ".join([f"'{' '.join(fields)}'", *kinds])

    def field(self, depth: int) -> str:
        """Return one field of ``sprintf`` of any form, with what it needs."""
        flags = "".join(self.pick(["", "", "", "-", "+", " ", "0", "#"]) for _ in range(2))
        kind = self.pick([*"sdiuxXobBeEfgGaAc", "%"])
        vector = self.pick(["v", "*v"]) if kind in "diuxXob" and self.random.random() < 0.2 else ""
        width = self.pick(["", "", "1", "5", "12", "*"])
        precision = self.pick(["", "", ".", ".0", ".1", ".3", ".7", ".*"]) if kind != "c" else ""
        size = self.pick(["", "", "", "h", "hh", "l", "ll", "q", "L", "V"])
        values = ["','"] * (vector == "*v")
        values += [self.pick(["3", "8", "-6", "0"])] * (width == "*") + [self.pick(["0", "2", "-1"])] * (
            precision == ".*"
        )
        if kind == "c":
            values.append(self.pick(["65", "233", "66.7"] if width else ["65", "233", "9786", "66.7"]))
        elif kind != "%":
            values.append(
                self.pick(UNICODE) if vector else self.fill(self.pick(["«s»"] if kind == "s" else ["«n»", "«N»"]), 1)
            )
        return ", ".join([f"'[%{flags}{vector}{width}{precision}{size}{kind}]'", *values])

    def interpolated(self) -> str:
        name = self.pick([*self.known["n"], *self.known["s"]])
        return self.pick(
            [
                f"${{{name}}}",
                f"${{ {name} }}x",
                f"${name}.",
                f"${name} ",
                f"(${name})",
                f"${name},",
                "\\\\x",
                "text",
                "\\$",
                "{}",
                f"${name}-",
            ]
        )
