"""What other keyboard layouts make of a scanner that types as on a US keyboard.

Each table maps the character that appeared (upper-case) to the letter that was meant. Only
letters a badge code uses matter; QWERTZ and AZERTY leave all of those in place.
"""

_US = "QWERTYUIOPASDFGHJKLZXCVBNM"

ZHUYIN = str.maketrans("ㄆㄊㄍㄐㄔㄗㄧㄛㄟㄣㄇㄋㄎㄑㄕㄘㄨㄜㄠㄈㄌㄏㄒㄖㄙㄩ", _US)
DVORAK = str.maketrans("',.PYFGCRLAOEUIDHTN;QJKXBM", _US) | str.maketrans('"<>:', "QWEZ")
COLEMAK = str.maketrans("QWFPGJLUY;ARSTDHNEIZXCVBKM", _US) | {ord(":"): "P"}
RUSSIAN = str.maketrans("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", _US)
GREEK = str.maketrans("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM")

LAYOUTS = (ZHUYIN, DVORAK, COLEMAK, RUSSIAN, GREEK)
