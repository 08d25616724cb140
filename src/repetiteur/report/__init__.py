"""The rehearsal as a page that people read, and as files that programs read."""
