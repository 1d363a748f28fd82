"""Check everything: `python3 packaging/test.py [--only STEP[,STEP]] [what pytest takes]`.

Steps: lint, format, types, contracts, tests, proofs. Without `--only` all of them; the proofs,
which take minutes, only where the environment says CI.
"""

import sys

from needs_python import require_python

require_python()

import checking  # noqa: E402 - an older Python could not read it and would not say why

if __name__ == "__main__":
    sys.exit(checking.main(sys.argv[1:]))
