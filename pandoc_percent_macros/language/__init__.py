"""The language of macros: pure, standard library only, no input or output.

Texts of definitions and calls go in; results, or faults at their places, come out. The packages in the order of their
imports, which is the one to read them in: ``values`` ← ``functions`` ← ``syntax`` ← ``check`` ← ``run``. The prelude,
in the language itself, is in ``prelude/``.
"""
