# The package repeats its DB-API module; we spell it `from sqlcipher3 import dbapi2` everywhere.
from sqlcipher3 import dbapi2 as dbapi2
