"""How directives travel from the text through pandoc's parser to the filter.

A text and its directives go in; pandoc's elements with tokens in the places of directives come out. A token is a word
(``tokens``); markers, the other form in which directives travel, are ``Div`` elements of class ``percent-macro`` in a
register, a ``Div`` of class ``percent-macros``. To read in this order: ``tokens``, ``lift`` (a text with tokens),
``parting`` and ``settling`` (what only pandoc can tell), ``headers`` (calls in YAML), ``markers`` (for a lifted
text), ``lazy_json`` (a document of which little is touched), ``matching`` (without a second reading), ``recovery``
(which way?).
"""

from .lazy_json import touched
from .lift import Lifted
from .recovery import read_inputs, recover, tell_of_later
from .tokens import LOWERED, OCCURRENCES, START, TOKEN, key, salt, token
