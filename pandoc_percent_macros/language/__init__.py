"""The language of macros: pure, standard library only, no input or output."""
