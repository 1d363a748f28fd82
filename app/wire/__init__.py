"""What both sides of an exchange speak: messages, signatures, packed bodies."""
