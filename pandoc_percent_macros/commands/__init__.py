"""The commands of ``percent-macros``, a module each, loaded when they are called for."""
