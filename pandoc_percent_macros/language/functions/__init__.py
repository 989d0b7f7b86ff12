"""The functions of the language, and what they may ask of the outside."""
