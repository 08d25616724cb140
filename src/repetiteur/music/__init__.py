"""The music danced to: counts, sync of recordings by sound, and being on the music."""
