"""The program `percent-macros`: the filter when pandoc starts it, else the command line.

Pandoc hands a filter the format that it writes as its one argument. No format has the name of a command, so the
first argument tells the two apart, and the filter need not load the command line.
"""

import gc
import os
import sys

from . import COMMANDS, MARKS

# Loads macros in Python, which may have left something for the end.
_FOREIGN = f"{__package__}.document.expansion.python_macros"
# One of these is in the JSON of every document that holds a directive; the second one in every lifted one.
_SIGNS = (b"%%", b"percent-macro", b'"%')
COMPLETION = "_PERCENT_MACROS_COMPLETE"  # set by a shell that asks how a command line may go on


def main() -> int:
    """Run the program with the arguments of the process; return its exit status."""
    arguments = sys.argv[1:]
    if (
        "PANDOC_VERSION" in os.environ
        and len(arguments) < 2
        and not set(COMMANDS).intersection(arguments)
        and COMPLETION not in os.environ
    ):
        gc.disable()  # the process ends before the collector could earn back what it costs
        try:
            return _ended(_filter(arguments[0] if arguments else ""))
        except BrokenPipeError:
            os._exit(1)  # pandoc reads no more: Python would complain about what is left to write
        except KeyboardInterrupt:
            os._exit(130)
    from .cli.main import main as command_line

    if arguments[:1] != ["lift"]:
        return command_line()
    gc.disable()
    return _ended(command_line())


def _ended(status: int) -> int:
    """End the process, or return the exit status: to take down all that was built takes longer than most decks do."""
    sys.stdout.flush()
    sys.stderr.flush()
    if _FOREIGN not in sys.modules:
        os._exit(status)
    return status


def _filter(target: str) -> int:
    """Filter standard input to standard output; a document without directives is handed back before much is loaded."""
    data = sys.stdin.buffer.read()
    if any(sign in data for sign in _SIGNS) or MARKS in os.environ:
        from .filter import run

        return run(data, target)
    rest = memoryview(data)
    while rest:  # unbuffered (PYTHONUNBUFFERED), it takes no more than what fits when a signal comes
        rest = rest[sys.stdout.buffer.write(rest) :]
    return 0


if __name__ == "__main__":
    sys.exit(main())
