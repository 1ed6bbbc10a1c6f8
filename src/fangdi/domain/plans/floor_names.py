"""What a floor is called whose file gives it a level and no name: 3F, B1."""


def name_of_level(level: float) -> str:
    """Return the name of a level: 3F, 0.5F; below ground B1."""
    return f"B{-level:g}" if level < 0 else f"{level:g}F"
