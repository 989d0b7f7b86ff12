"""The command line of ``percent-macros``: words go in, an exit status comes out.

``main`` is the group, and turns what is raised into messages and statuses. Each command is a module, NAME_command.py,
loaded when it is called for. ``options`` has what several commands share, and what the shell offers;
``installation`` what ``setup`` writes.
"""
