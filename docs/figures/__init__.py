"""One small picture for each measure, drawn by the synthetic dancer."""

from importlib import import_module

FAMILIES = (
    "standing", "line", "carriage", "turning", "jumping", "compared", "music",
)  # fmt: skip
_REGISTRY = {}


def figure(*ids, alt):
    """Register a function that returns the drawing of these measures."""

    def register(draw):
        for one in ids:
            _REGISTRY[one] = (draw, alt)
        return draw

    return register


def svg_of(measure_id):
    """The picture of a measure; LookupError where there is none."""
    for family in FAMILIES:
        import_module(f"figures.{family}")
    if measure_id not in _REGISTRY:
        raise LookupError(f"docs/figures has no figure of {measure_id}.")
    draw, alt = _REGISTRY[measure_id]
    return draw().svg(alt)
