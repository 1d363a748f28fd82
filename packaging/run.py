"""Start Venue Desk from a checkout: `python3 packaging/run.py [what venuedesk takes]`.

Sets up what is missing first; later starts go straight to the program, also without network.
"""

import sys

from needs_python import require_python

require_python()

import starting  # noqa: E402 - an older Python could not read it and would not say why

if __name__ == "__main__":
    sys.exit(starting.main(sys.argv[1:]))
