"""Arrays in, arrays out: geometry, signals, warping. No labels, no files."""
