"""The language of macros: pure, standard library only, no input or output. Imports go from each line to those above it.

- Base: arguments (the text of a call), faults (of operations), budget (and limits), stack (Python's).
- Texts: lexer, extents (where a definition ends), literals, nodes, signatures (of functions), stream (of tokens),
  expressions, parser, templates, macros, definitions.
- Checks: scopes, shapes, arity, names, expression_checker, checker, binding, linker.
- Values: numbers, values, operations, lists, formatting, world, functions and functions_….
- Running: closures, gathering, compiler, calls, assignments, statements, evaluator, session.
- The face to the rest: arguments, definitions, macros, values, world, program.
"""
