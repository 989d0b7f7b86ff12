"""Loads the document and dumps it, in the pieces in which `json.dump` writes."""

import json
import sys

json.dump(json.load(sys.stdin), sys.stdout)
