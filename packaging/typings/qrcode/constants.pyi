# Error correction levels.

ERROR_CORRECT_M: int
