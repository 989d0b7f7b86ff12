"""The program `percent-macros`: the filter when pandoc starts it, else the command line.

Pandoc hands a filter the format that it writes as its one argument. No format has the name of a command, so the
first argument tells the two apart, and the filter need not load the command line.
"""

import gc
import os
import sys

from . import COMMANDS

# Loads macros in Python, which may have left something for the end.
_FOREIGN = f"{__package__}.document.expansion.python_macros"
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
        from .filter import run

        try:
            status = run(arguments[0] if arguments else "")
            sys.stdout.flush()
            sys.stderr.flush()
        except BrokenPipeError:
            os._exit(1)  # pandoc reads no more: Python would complain about what is left to write
        except KeyboardInterrupt:
            os._exit(130)
        if _FOREIGN not in sys.modules:
            os._exit(status)  # to take down all that was built takes longer than most documents do
        return status
    from .cli.main import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
