"""The command line of ``percent-macros``: words go in, an exit status comes out.

``main`` is the group, and turns what is raised into messages and statuses. Each command is a module, NAME_command.py,
loaded when it is called for. ``options`` has what several commands share, ``completion`` what the shell offers, and
``installation`` what ``setup`` writes.
"""
