"""Quality of movement: what a body does beside steps and technique, in plain numbers.

Descriptions against a reference, never a judgement and never a feeling.
"""
