"""Loads the document and dumps it: the least that a filter in Python can do."""

import json
import sys

sys.stdout.write(json.dumps(json.load(sys.stdin)))
