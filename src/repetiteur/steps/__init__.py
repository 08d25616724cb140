"""What was danced: positions and steps by name, and why they are that.

:mod:`~repetiteur.steps.vocabulary` holds the steps and the rules by which each is told,
:mod:`~repetiteur.steps.stretches` where they are looked for,
:mod:`~repetiteur.steps.features` what the rules read, and
:mod:`~repetiteur.steps.recognise` names them.
"""

from repetiteur.steps.recognise import recognise
from repetiteur.steps.step import Step
from repetiteur.steps.vocabulary import vocabulary

__all__ = ["Step", "recognise", "vocabulary"]
