"""Types of the part of lxml the program uses; its wheels carry none."""
