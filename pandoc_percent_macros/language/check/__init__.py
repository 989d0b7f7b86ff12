"""What is known of macros before any of them runs: names, arguments, cycles."""
