"""One reader or writer per outside format: bytes or files to plain frozen values, and back."""
