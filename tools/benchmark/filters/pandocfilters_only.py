"""Walks over the document with pandocfilters, and changes nothing."""

import pandocfilters

pandocfilters.toJSONFilter(lambda key, value, target, meta: None)
