"""A dancer made of parameters: the demo, the pictures and the test bench.

:mod:`~repetiteur.synthetic.steps` (and ``stances``, ``barre``, ``poses``, ``turns``,
``piques``, ``jumps``, ``leaps``, ``links``) holds steps as key poses,
:mod:`~repetiteur.synthetic.repertory` the whole vocabulary from fifth to fifth,
:mod:`~repetiteur.synthetic.chains` draws chains of it,
:mod:`~repetiteur.synthetic.phrase` dances them on a body
(:mod:`~repetiteur.synthetic.dancer`, :mod:`~repetiteur.synthetic.body`), and
:mod:`~repetiteur.synthetic.demo` is a short adage with known faults.
"""

from repetiteur.synthetic.body import PARAMETERS, parameters, positions
from repetiteur.synthetic.dancer import Dancer, Proportions
from repetiteur.synthetic.demo import (
    PlantedFault,
    demo_phrase,
    demo_reference,
    demo_take,
    demo_take_without_faults,
    demo_truth,
)
from repetiteur.synthetic.keyposes import KeyPose, Step
from repetiteur.synthetic.motion import Alteration, Delay
from repetiteur.synthetic.phrase import Phrase, dance

__all__ = [
    "PARAMETERS",
    "Alteration",
    "Dancer",
    "Delay",
    "KeyPose",
    "Phrase",
    "PlantedFault",
    "Proportions",
    "Step",
    "dance",
    "demo_phrase",
    "demo_reference",
    "demo_take",
    "demo_take_without_faults",
    "demo_truth",
    "parameters",
    "positions",
]
