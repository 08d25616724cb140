"""The exceptions of Répétiteur, as a tree.

::

    RepetiteurError
    ├── UnreadableRecording (ValueError)   the file is not what it should be
    │   ├── UnknownFormat                  no reader knows this content
    │   └── DamagedFile                    a reader knows it, and it is broken
    ├── InvalidPoses (ValueError)          data in memory breaks the conventions
    ├── MissingKeypoints (LookupError)     a computation needs points that are not there
    ├── NothingToJudge (ValueError)        read well, but nothing in it can be judged
    ├── CannotWrite (OSError)              the result has nowhere to go
    └── MissingWeights (FileNotFoundError) the pose model has not been installed

Every message says, in this order, what is needed, what came, and what to do.
A caller that knows where it happened adds it with ``add_note``.
"""

from __future__ import annotations


class RepetiteurError(Exception):
    """Root of everything that this package raises on purpose."""


class UnreadableRecording(RepetiteurError, ValueError):
    """A recording cannot be read, or holds no dancer."""


class UnknownFormat(UnreadableRecording):
    """No reader of the registry knows this content."""


class DamagedFile(UnreadableRecording):
    """The format is known, but the content is broken, cut short or absurd."""


class InvalidPoses(RepetiteurError, ValueError):
    """A dataset is not in the poses convention."""


class MissingKeypoints(RepetiteurError, LookupError):
    """A computation needs keypoints that these poses do not have."""


class NothingToJudge(RepetiteurError, ValueError):
    """The recordings were read, but nothing in them can be judged."""


class CannotWrite(RepetiteurError, OSError):
    """A result cannot be written where it was asked for."""


class MissingWeights(RepetiteurError, FileNotFoundError):
    """The pose model's weights are not there, or are not the right ones."""
