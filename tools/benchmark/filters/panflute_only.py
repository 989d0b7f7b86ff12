"""Loads the document with panflute and dumps it."""

import panflute

panflute.run_filter(lambda element, document: None)
