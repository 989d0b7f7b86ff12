"""The commands of ``percent-macros``, a module each, loaded when called for. ``main`` is the group."""
