"""What cards say, without a PIN: rules over commands and answers, whatever carries them."""
