"""From differences to a few notes worth giving."""
