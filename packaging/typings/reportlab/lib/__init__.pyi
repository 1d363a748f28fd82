# The parts of the package that papers use.
