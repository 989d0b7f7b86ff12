"""The table of diagnostic codes: one stable code a kind of fault. `docs/reference/diagnostics.md` is made from it.

PM1xx: how a text is written. PM2xx: names, arguments, and what can be known before anything runs.
PM3xx: values, while a macro runs. PM4xx: limits. PM5xx: LaTeX; PM55x: what is on its pages. PM6xx: the document and
pandoc.
PM7xx: results in the written format. PM8xx: files. PM9xx: faults of our own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A kind of fault: what it means, and what to do about it, in Markdown."""

    title: str
    explanation: str


RULES: dict[str, Rule] = {
    "PM101": Rule(
        "unterminated definition",
        "A `%%define`, `%%template` or `%%markdown` has no `=end`. Put `=end` on a line of its own after the body.",
    ),
    "PM102": Rule(
        "unterminated string",
        "A string in a macro's body is never closed. Close it with the quote mark that opened it.",
    ),
    "PM103": Rule(
        "unterminated call",
        "A call has no closing parenthesis before the next blank line; or a brace, `\\(` or `\\[` in its arguments is"
        " never closed. Put an argument that holds a lone one in quotes.",
    ),
    "PM104": Rule(
        "syntax error",
        "The body or head of a macro can't be parsed. The message names what was expected.",
    ),
    "PM105": Rule(
        "body never closed",
        "A `%%begin` has no `%%end` of the same name. Write `%%end NAME` on a line of its own.",
    ),
    "PM106": Rule(
        "text after %%begin or %%end",
        "`%%begin NAME(…)` has its line, or lines, to itself, and so has `%%end NAME`. Arguments stand in parentheses: "
        "`%%begin box(Note)`. Put text that follows on the next line.",
    ),
    "PM107": Rule(
        "body in two places",
        "A `%%begin` and its `%%end` stand in different list items, block quotes, divs or cells, so there"
        " is no content between them that could be handed to a macro. Put both in the same one, each on a"
        " line of its own.",
    ),
    "PM108": Rule(
        "stray %%end",
        "An `%%end` closes nothing: no `%%begin` of that name is open.",
    ),
    "PM109": Rule(
        "escape like a TeX command",
        'In `"…"` and `qq{…}`, `\\t` is a tab, `\\n` a line feed, `\\r` a carriage return and `\\e` an escape '
        'character, so that `"\\textbf{a}"` is a tab and `extbf{a}`. For a command of TeX write two backslashes: '
        '`"\\\\textbf{a}"`; or make a `%%template`. Where the escape is meant, end the string right after it: '
        '`"\\n" . "body{…}"`. A warning.',
    ),
    "PM110": Rule(
        "text like a call",
        "The text begins as a call of a macro does that exists, but is none: the parentheses are missing, or a space, a"
        " brace or a full-width sign stands before them, the name is not quite that of the macro, or a letter or digit"
        " stands before the percent signs, or mathematics ends inside it. It stays text. For the"
        " text itself write a backslash before the percent signs. A warning.",
    ),
    "PM111": Rule(
        "call in raw HTML",
        "In a tag, and in what pandoc keeps as raw HTML, such as the text of `<pre>`, no macro is called. Write all of"
        " it by `html(…)` in a macro. A warning.",
    ),
    "PM112": Rule(
        "quote never closed",
        "An argument begins with a double quote mark, and there is no second one. A warning where the call ends all the"
        " same, and the quote mark is text; an error where it does not. For the sign itself put it in single quotes.",
    ),
    "PM113": Rule(
        "call in YAML without quotes",
        "Pandoc itself would not read this metadata, so that the filter would never see the document: in YAML no plain"
        " value begins with a percent sign, or holds a colon and a space. Put the value in quotes.",
    ),
    "PM120": Rule(
        "pattern that can't be read",
        "A pattern, between slashes, is not well formed; or it holds a construct that the engine has not, which matches"
        " in time that grows with the text and no more: no references back, no look-around, no possessive"
        " quantifiers. Where what stands before or behind counts, match more, and take what you want of it by groups.",
    ),
    "PM201": Rule(
        "unknown variable",
        "A body uses a variable that is neither a parameter nor declared by `my` before, in the same block or one "
        "around it. An array and a single value are two things: `@l` and its element `$l[0]`, or `$l`.",
    ),
    "PM203": Rule(
        "unknown macro",
        "No definition in the document, the prelude or a library has this name. To have the text itself, "
        "write a backslash before it: `\\%%name(`.",
    ),
    "PM204": Rule(
        "reserved name",
        "A macro has the name of a function or a word of the language, or of a directive. Choose another name.",
    ),
    "PM205": Rule(
        "macro defined twice",
        "Two definitions of one name stand in the same document, or the same library. A document may override the "
        "macros of the prelude and of libraries, not its own.",
    ),
    "PM206": Rule(
        "parameter twice",
        "The head of a macro names a parameter twice. Rename one of them.",
    ),
    "PM207": Rule(
        "unused parameter",
        "A body never uses one of its macro's parameters: it is misspelled there, or not needed. A warning.",
    ),
    "PM208": Rule(
        "wrong arguments",
        "A call hands a macro or a function too few or too many arguments, one of them twice, or one without a name "
        "after one with a name. The hint shows how the macro is called, and where it is defined.",
    ),
    "PM209": Rule(
        "statement never reached",
        "A statement stands after a `return`, `last` or `next` that is always reached before it.",
    ),
    "PM210": Rule(
        "recursion",
        "A macro calls itself, alone or through others. That is not allowed, so that every document ends: use `for`.",
    ),
    "PM211": Rule(
        "change of what a loop goes over",
        "In a loop, its variable and the variables in its list can't be changed. In Perl the one is another name for "
        "the others, so that a change does more than it seems to. Copy the value first: `my $copy = $x;`.",
    ),
    "PM212": Rule(
        "list in the place of a value",
        "A list, a range or `sort` stands where one value is wanted. `join` makes a text of a list, `scalar(@l)` tells "
        "how many elements it has.",
    ),
    "PM213": Rule(
        "faulty definition",
        "A call needs a macro whose definition has faults. They are reported at their own places.",
    ),
    "PM214": Rule(
        "not a parameter",
        "The text of a template has something like a variable in it that is not a parameter, but nearly the name of "
        "one. It stays as it is. A warning.",
    ),
    "PM215": Rule(
        "body not used",
        "`%%begin` hands content to a macro that does not use `$body`, so it would be lost. Call the macro without "
        "`%%begin`, or use `$body` in it.",
    ),
    "PM216": Rule(
        "text like a named argument",
        "An argument has the form `name=value`, and the macro has no parameter of that name, but one that is nearly"
        " called so. It is text. Put it in quotes where that is meant. Or it is written `name => value`, as in code:"
        " the `>` is a part of its value. A warning.",
    ),
    "PM217": Rule(
        "parameter in what looks like mathematics",
        "In a template `$x$` is the parameter `$x` and a dollar sign, and `$x^` is the parameter and a `^`. "
        "For mathematics around a parameter write `$${x}$`. In braces, `${x}`, the parameter is never warned of.",
    ),
    "PM218": Rule(
        "macro never called",
        "The document defines a macro, and nothing in it calls it. `percent-macros check` says so. A warning.",
    ),
    "PM220": Rule(
        "one value reversed",
        "`reverse` turns a list round, and what a macro gives the document is a list. A list of a single value stays "
        "as it is. `scalar(reverse($s))` gives its characters from the last to the first. A warning.",
    ),
    "PM222": Rule(
        "text in a string that looks like code",
        'A string puts in whole variables, and nothing else: `"@{[ … ]}"`, `"${\\ … }"`, `"@list[1..3]"`, `"$#list"` '
        'and, beside a pattern, `"$+{name}"`, which Perl would calculate, are text, and so is `"{{ name }}"`. End the '
        'string before it, and join: `"a " . ($x + 1) . " b"`.',
    ),
    "PM301": Rule(
        "not a number",
        "A text that is not a number is used as one. Lengths such as `2cm` are texts: calculate with the "
        'number, and put the unit after it: `$n * 2 . "cm"`.',
    ),
    "PM302": Rule(
        "undefined value",
        "A variable without a value, an element that is not there or a missing metadata value is used. Ask with "
        '`defined`, or use another in its place: `$x // ""`.',
    ),
    "PM303": Rule(
        "content as a value",
        "What `text()`, `latex()`, `markdown()` and the like return, and `$body`, is content: it can be put "
        "together with "
        "`.`, `join` and in strings, and be returned, but not be changed, compared or calculated with.",
    ),
    "PM304": Rule(
        "impossible calculation",
        "A division by zero, the root of a negative number, or the like.",
    ),
    "PM305": Rule(
        "argument out of range",
        "A function can't work with the value that it is given. The message says which.",
    ),
    "PM306": Rule(
        "forbidden character",
        "The result of a macro holds a NUL character, which no document may.",
    ),
    "PM307": Rule(
        "stopped by the macro",
        "The macro called `die`, with the message that is shown.",
    ),
    "PM309": Rule(
        "a macro in Python failed",
        "The function that a package registers for this name raised an exception: the message says which. The hint "
        "names the line of Python that it comes from. If the arguments are what it can work with, the "
        "package has a fault.",
    ),
    "PM310": Rule(
        "a macro in Python returned something else",
        "A function that a package registers must return a `str`, a panflute element, or a list of blocks or of "
        'inlines; this one returned something else, often `None` for want of a `return`. For nothing, return `""`.',
    ),
    "PM311": Rule(
        "no attributes",
        "The first argument of `div` and `span` is written as pandoc's attributes are between their braces: "
        '`"#identifier .class key=value"`, and `key="with spaces"`. A class has a dot before it.',
    ),
    "PM312": Rule(
        "metadata with a call in it",
        "A macro asks by `meta` for a field of the metadata in which a call stands: what that gives is not known yet. "
        "`meta_content` gives the field with what the call gives; but not to the call that stands in that field.",
    ),
    "PM313": Rule(
        "a macro's own warning",
        "A macro warned by `warn(…)`: the message is its author's, the place is that of the call.",
    ),
    "PM314": Rule(
        "text of a body that is not known",
        "A macro asks by `source($body)` for the author's text between `%%begin` and `%%end`, and the document that "
        "the filter was given does not hold it. `lift` carries it along where `source` or `%%use` is written in the "
        "text, or `percent-macros-use`: name the library that asks for it in the document.",
    ),
    "PM320": Rule(
        "pattern that can't be matched in this text",
        "The engine of patterns would give something else than Perl for this text: `\\b` beside letters beyond ASCII, a"
        " letter that is several where large and small letters are one (`ß`, `ss`), or a pattern that matches nothing"
        " where it could match more, and is tried again in the same place. Say what is meant in another way.",
    ),
    "PM321": Rule(
        "no engine for patterns",
        "Patterns are matched by the package google-re2, which is installed together with this one where it has a"
        " wheel. Install it: `pip install google-re2`. Or do without patterns: `contains`, `replace`, `index`,"
        " `starts_with`, `ends_with` and `split` with a text need none.",
    ),
    "PM401": Rule(
        "too many steps",
        "The macros of the document take more steps than they may: 1,000,000 and 10,000 for each call, but "
        "no more than "
        "100,000,000. Whoever runs pandoc may raise the limit.",
    ),
    "PM402": Rule(
        "text too long",
        "A macro makes a text of more than 1,048,576 characters.",
    ),
    "PM403": Rule(
        "list too long",
        "A list has, or a loop goes over, more than 100,000 elements.",
    ),
    "PM404": Rule(
        "calls too deep",
        "More than 64 macros call each other in a chain.",
    ),
    "PM405": Rule(
        "result too long",
        "The result of one call has more than 1,048,576 characters.",
    ),
    "PM406": Rule(
        "results too long",
        "The results of all calls together have more than 67,108,864 characters.",
    ),
    "PM407": Rule(
        "nesting too deep",
        "Parentheses, blocks, calls or signs nest more than 100 levels deep. Give parts of the expression names.",
    ),
    "PM408": Rule(
        "definition too long",
        "A definition has more than 1,048,576 characters.",
    ),
    "PM409": Rule(
        "format too wide",
        "A width or precision in `sprintf` is over 1,000.",
    ),
    "PM410": Rule(
        "limits that can't be parsed",
        "The environment variable `PERCENT_MACROS_LIMITS` sets limits, as in `steps=5000000,string=2097152`. "
        "The message "
        "names what is wrong in it.",
    ),
    "PM501": Rule(
        "LaTeX error",
        "LaTeX stopped. The place is the line that the faulty text was written in: in a macro's body, a call's "
        "arguments, the document's own TeX, or a file that it includes. Below it stand the calls that led there, what "
        "the macro returned, and how far TeX had come.",
    ),
    "PM502": Rule(
        "picture not found",
        "A picture that a macro or the document names is not there, neither beside the document nor along pandoc's "
        "`--resource-path`, nor where TeX looks; where LaTeX reads it, its extension may be left out.",
    ),
    "PM503": Rule(
        "unbalanced result",
        "The result of a call opens a brace or an environment that nothing closes, or closes one that nothing has "
        "opened. LaTeX would complain far away, at the end of the slide. A warning of `percent-macros check`.",
    ),
    "PM504": Rule(
        "box too wide",
        "The result of a call, or a word of the text, sticks out by more than a point. Make it narrower, say by a "
        "width in parts of `\\linewidth`; tell LaTeX where a long word may be parted (`super\\-cali`). A warning.",
    ),
    "PM505": Rule(
        "LaTeX error without a place",
        "LaTeX stopped, and nothing in the document or the files it includes was found to be the cause. It may be "
        "the template, or the installation of LaTeX. The message is LaTeX's own.",
    ),
    "PM506": Rule(
        "references never settle",
        "`percent-macros build` runs LaTeX until the files that it writes for its next run stay the same, but five "
        "times at most. References or page numbers may be wrong. A warning.",
    ),
    "PM507": Rule(
        "no page",
        "LaTeX succeeded but made no page, because the document holds nothing that shows. The old PDF is left as it "
        "was.",
    ),
    "PM508": Rule(
        "percent sign in LaTeX",
        "An argument holds a `%`, and the macro puts it into LaTeX, where it begins a comment: the rest of the line"
        " would be lost, mostly with a closing brace. Write `\\%`, or let the macro use `text($x)`. A warning.",
    ),
    "PM509": Rule(
        "backslash in the path of a picture",
        "An argument looks like a path with backslashes. LaTeX and pandoc want slashes: `images/a.png`. A warning.",
    ),
    "PM510": Rule(
        "slide too full",
        "What stands on a slide is higher than the slide, and what is too much is cut off. The place is the call "
        "without which it would fit, or the slide's heading. Give the slide less, or let it go on on the next one "
        "(`{.allowframebreaks}`). A warning.",
    ),
    "PM551": Rule(
        "off the slide",
        "A picture, a drawing or a text is in part or wholly beyond the slide's edge. Move it, or make it smaller. "
        "A warning of `check --pages`, as are all of PM55x; `docs/slide-lint.md` tells what each means, when it "
        "is told, and how to say that it is meant.",
    ),
    "PM552": Rule(
        "over text",
        "What a call paints lies over text that is not its own, so that this can't be read well; or text runs over "
        "the edge of a picture. Move it, or make it smaller.",
    ),
    "PM553": Rule(
        "pictures over each other",
        "Two pictures lie over each other, and both show there. Move one of them.",
    ),
    "PM554": Rule(
        "coarse picture",
        "A picture has few dots per inch at the size that it is shown at: `min-dpi`. Take one with more pixels, or "
        "show it smaller.",
    ),
    "PM555": Rule(
        "small letters",
        "A text, or most of that in a picture, has letters smaller than `min-text-size`. Use a larger size, or show "
        "the picture larger.",
    ),
    "PM556": Rule(
        "pale text",
        "A text has less contrast with what is behind it than `min-contrast`, by the ratio of the WCAG. Make it darker "
        "or lighter than that.",
    ),
    "PM557": Rule(
        "empty slide",
        "A slide shows nothing, or nothing but its title.",
    ),
    "PM558": Rule(
        "full slide",
        "A slide has more lines of text than `max-lines`, or its text runs over what the theme has at its foot. Part "
        "it into two. PM510 is told where LaTeX itself says that it is too full.",
    ),
    "PM559": Rule(
        "allowance that allows nothing",
        "A comment `%%# lint: allow KIND` stands where no such thing is found. Take it out, or put it where the "
        "warning points.",
    ),
    "PM560": Rule(
        "unknown setting of slide lint",
        "A key of the metadata field `percent-macros-lint`, or a kind after `%%# lint: allow`, that there is not; or a "
        "value that is no number. The message says which.",
    ),
    "PM601": Rule(
        "pandoc can't be run",
        "Pandoc is needed once more, to read Markdown that a macro returned or a text whose macros its parser"
        " tore apart, and can't be found, can't be started, or fails. The message says what it said.",
    ),
    "PM602": Rule(
        "not a document of pandoc's",
        "The filter's standard input is not what pandoc hands a filter, or a pandoc does that is too old or too new. "
        "Let pandoc start it: `pandoc -F percent-macros …`.",
    ),
    "PM603": Rule(
        "filters before this one",
        "Pandoc's parser tore a macro's text apart, so the document must be read again; but other filters"
        " have changed it already, and their work would be lost. (Those that changed nothing do no harm.) Put "
        "`-F percent-macros` before them, or lift the text first.",
    ),
    "PM604": Rule(
        "not Markdown",
        "Macros are read from pandoc's Markdown dialects, and the document is written in something else. Name its "
        "dialect with `--from` if it is Markdown. Or it is read by a script that makes something else of the same text "
        "each time: lift the text into a file (`percent-macros lift talk.md > lifted.md`), and give pandoc that one.",
    ),
    "PM605": Rule(
        "no text to read",
        "Pandoc read the document from a pipe or from an address, so that its text can't be read again, "
        "and what pandoc's parser left of the macros is ambiguous. Lift the text first (`percent-macros "
        "lift FILE | pandoc -F percent-macros …`), use the reader (`pandoc -d percent-macros …`), or name"
        " the files in the environment variable `PERCENT_MACROS_SOURCES`.",
    ),
    "PM606": Rule(
        "preamble replaced",
        "A macro needs a package in LaTeX's preamble, but `-H` or `-V header-includes` makes pandoc "
        "ignore what a document or a filter puts there. Give pandoc the option that the hint shows, too, or build with "
        "`percent-macros build`, which adds the package by itself. A warning.",
    ),
    "PM607": Rule(
        "nested too deep",
        "Lists, block quotes or other elements of the document stand inside one another more than about a "
        "thousand deep.",
    ),
    "PM608": Rule(
        "command line that pandoc would not take",
        "A command was given options that pandoc does not have, a defaults file that is not there, or no document and "
        "no output where it needs them.",
    ),
    "PM609": Rule(
        "formats that can't be told apart",
        "`percent-macros expand` was asked for several formats, and a macro returns something else in each, which "
        "no raw markup can carry: two formats of the same family, such as `beamer` and `latex`, or one that is not "
        "text, such as `docx`. Expand the document for each of them alone.",
    ),
    "PM610": Rule(
        "not enough memory",
        "The document has more calls than the memory that this process may use has room for; a call takes some "
        "thousands of bytes. Raise the limit that it runs under (`ulimit`, a container's), or split the document.",
    ),
    "PM611": Rule(
        "sources that the document names",
        "The metadata field `percent-macros-sources` names files for the filter to read, and a document may not do "
        "that: it could name any file of the user's. The filter reads what pandoc's command line names. Name other "
        "files there (`-M percent-macros-sources=FILE`, or `metadata` in a defaults file) or in the environment "
        "variable `PERCENT_MACROS_SOURCES`.",
    ),
    "PM612": Rule(
        "too much to ask pandoc",
        "Directives without empty lines around them stand where only pandoc can tell what they are, such as in a"
        " paragraph with an open stretch of code, and hundreds of them follow each other: pandoc would have to read the"
        " text for each. Put empty lines around them.",
    ),
    "PM613": Rule(
        "div never closed",
        "A line such as `::: {.note}` opens a div, and no line of three or more colons closes it, so that it reaches"
        " to the end of the document, or of its list item or quote. Pandoc does not count the colons: each such line "
        "closes the div that was opened last. Older pandocs take the line for text (PM614). A warning of `check` and "
        "`build`.",
    ),
    "PM614": Rule(
        "text instead of a div",
        "A line of colons opens or closes no div, and pandoc shows it as text. What opens one has an empty line above, "
        "begins at the left edge (or that of its list item), and has one name or attributes in braces after the "
        "colons. Or a div has what were to be its attributes for a name. A warning of `check` and `build`.",
    ),
    "PM615": Rule(
        "bad width of a column",
        "A column of slides has a width that is none (LaTeX stops, browsers ignore it), or that is wider than the line,"
        " or the columns beside each other are. Write percentages: `::: {.column width=40%}`. A warning, or an error "
        "where LaTeX would stop.",
    ),
    "PM616": Rule(
        "macros in text of another filter",
        "A filter before this one has put text into the document in which a macro is called. Pandoc's parser has been "
        "through it, and where it comes from is not known, so the call can't be read. Filters in Lua that have pandoc "
        "read the text (`pandoc.read`) are run again, and its macros work: `docs/several-files.md`.",
    ),
    "PM617": Rule(
        "filter that reads text comes after this one",
        "A filter after this one has pandoc read text (`pandoc.read`), as those do that include files. Macros in that "
        "text stay as they are. Name that filter before this one: `-L include-files.lua -F percent-macros`.",
    ),
    "PM618": Rule(
        "package for reading pages is missing",
        "`boxes`, `build --marks` and their like read and write PDFs with pypdfium2 and pikepdf, and `preview` is "
        "served by starlette and uvicorn. These are not installed with this package unless they are asked for: "
        "`pip install 'pandoc-percent-macros[preview]'`.",
    ),
    "PM619": Rule(
        "no call to move",
        "At the place that `move` is given there is not just one call that paints: there is none, or there are several "
        "and no column tells which, or it is a definition. Or nothing is known of where it paints, since it stands "
        "where marks can't (`docs/pages.md`).",
    ),
    "PM620": Rule(
        "can't be moved so",
        "No change of the call's numbers moves what it paints as it is asked: the call has no number, or they move it "
        "along a line only, or not without changing its size, or not so far. The message says which. The file is left "
        "as it is.",
    ),
    "PM621": Rule(
        "file has changed meanwhile",
        "The file is not what it was when it was read, or not the text that pandoc is given, so that `move` can't tell "
        "what it would overwrite. It is left as it is: save it, and try again.",
    ),
    "PM622": Rule(
        "can't listen there",
        "`preview` is to listen on a port (`--port`) that another program has, perhaps another preview, or that only "
        "the system may use. Without `--port` it takes a free one.",
    ),
    "PM623": Rule(
        "no preview shows this",
        "`preview --goto` asks the preview that runs for a document to show the slide of a line: none runs for that "
        "file, or it knows of no slide there.",
    ),
    "PM701": Rule(
        "not shown in this format",
        "All that a macro returns is markup of another format than the one that is written, and pandoc "
        "leaves it out. Shown once for each macro.",
    ),
    "PM702": Rule(
        "markup switched off",
        "The reader's options (`-f markdown-raw_tex`, `-raw_html`) switch off the markup that a macro "
        "returns, so it is left out.",
    ),
    "PM703": Rule(
        "content inside raw TeX",
        "A call on a line of raw TeX is replaced by LaTeX. Content that pandoc would have to write, such "
        "as a list, can't stand there.",
    ),
    "PM704": Rule(
        "blocks inside a line",
        "A call inside a line of text returns blocks, such as a list or several paragraphs. Give it a line of its own."
        " Or a macro puts `$body`, or other content, that is blocks into a line of its Markdown: give it a line of its"
        " own there.",
    ),
    "PM705": Rule(
        "result in the wrong place",
        "In mathematics a call returns TeX; in addresses, titles, attributes and metadata that are plain strings it"
        " returns a string without backslashes and braces, or `text()`; in the key of a citation and in a comment of"
        " TeX's no call can stand.",
    ),
    "PM706": Rule(
        "content without a place",
        "Content that a macro puts into its Markdown ended up in code, in a comment, or in a reference that nothing "
        "refers to. There is nothing but text there: hand the macro a string, or put the content elsewhere.",
    ),
    "PM801": Rule(
        "file can't be read",
        "An input file or a library can't be opened. The message says why.",
    ),
    "PM802": Rule(
        "not UTF-8",
        "A file is not encoded in UTF-8. Save it as UTF-8.",
    ),
    "PM803": Rule(
        "file too large",
        "A document is larger than the limit.",
    ),
    "PM804": Rule(
        "library not found",
        "No file of this name, with `.pmac` after it, is beside the file that has the `%%use` line or the metadata "
        "field `percent-macros-use`, nor in a folder of the environment variable `PERCENT_MACROS_PATH`. What `-M` and "
        "defaults files name is looked for from where pandoc runs, too.",
    ),
    "PM805": Rule(
        "library not allowed",
        "`%%use` takes regular files whose name, links followed, ends in `.pmac`: by a path relative to the "
        "file that has "
        "the line, or by a name on the library path. Absolute paths and addresses are not taken. The metadata field "
        "`percent-macros-use` takes the same; on pandoc's command line and in defaults files absolute paths, too.",
    ),
    "PM806": Rule(
        "library uses itself",
        "A library uses itself, or one that uses it. Put what both need into a third one.",
    ),
    "PM807": Rule(
        "too many libraries",
        "Libraries use libraries more than 16 deep, or a document uses more than 256.",
    ),
    "PM808": Rule(
        "a macro in Python can't be loaded",
        "An installed package registers a macro of this name, but can't be imported, or has nothing there that can be "
        "called by position with texts; or two packages register the same name. The message says which. A macro of the "
        "same name in the document holds over it.",
    ),
    "PM809": Rule(
        "file can't be written",
        "An output can't be written where it is to be: its folder is not there, or may not be written to, or the disk "
        "is full. The message says which. What was there before is left as it was.",
    ),
    "PM810": Rule(
        "libraries of the document not used",
        "`percent-macros-use` on pandoc's command line or in a defaults file takes the place of the field of that name "
        "in the document, as all metadata does. Name the document's libraries by `%%use`.",
    ),
    "PM901": Rule(
        "internal error",
        "A fault of this program, not of yours: the output would not have been what the document says, so "
        "there is none. "
        "Please report it with the document.",
    ),
}
