"""The vocabulary as passages: each step danced from fifth position back to fifth.

To add one, write a function of :class:`~repetiteur.synthetic.passages.Here` that
returns a :class:`~repetiteur.synthetic.passages.Passage`, and enter it in the table of
its family under the step's id.
"""

from __future__ import annotations

from repetiteur.synthetic.passages import Dances
from repetiteur.synthetic.repertory_barre import BARRE, POSITIONS
from repetiteur.synthetic.repertory_jumps import JUMPS
from repetiteur.synthetic.repertory_links import LINKS
from repetiteur.synthetic.repertory_poses import POSES
from repetiteur.synthetic.repertory_turns import TURNS

#: A passage for each step of the vocabulary, by its id.
PASSAGES: dict[str, Dances] = {
    **POSITIONS,
    **BARRE,
    **POSES,
    **TURNS,
    **JUMPS,
    **LINKS,
}
