"""Every pair of colours that the components put on each other keeps its ratio (WCAG 2.2, 1.4.3 and 1.4.11), computed from tokens.css."""

import pytest

Themes = dict[str, dict[str, str]]
TEXT, EDGE = 4.5, 3.0
ON_GROUNDS = ["ink", "ink-2", "ink-3", "jade", "jade-d", "cinn", "ochre", "indigo"]
PAIRS = [(front, ground, TEXT) for front in ON_GROUNDS for ground in ("paper", "surface", "sunk")]
PAIRS += [(f"{tone}", f"{tone}-t", TEXT) for tone in ("jade", "cinn", "ochre", "indigo")]
PAIRS += [("ink", f"{tone}-t", TEXT) for tone in ("jade", "cinn", "ochre", "indigo")]
PAIRS += [(front, "jade-t", TEXT) for front in ("ink-2", "ink-3", "jade-d")]
PAIRS += [("on-jade", "jade", TEXT), ("on-jade", "jade-d", TEXT), ("on-cinn", "cinn", TEXT), ("paper", "ink", TEXT)]
PAIRS += [("on-pine", "pine", TEXT), ("on-pine-2", "pine", TEXT), ("gold", "pine", TEXT)]
PAIRS += [(front, f"tile-{step}", TEXT) for front in ("on-pine", "on-pine-2") for step in (1, 2, 3, 4)]
PAIRS += [
    ("on-gold", "gold", TEXT),
    ("on-gold-2", "gold", TEXT),
    ("on-focus", "focus-a", TEXT),
    ("code-ink", "code-ground", 7.0),
]
PAIRS += [("edge", "surface", EDGE), ("edge", "paper", EDGE), ("focus-a", "focus-b", EDGE)]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_pair_is_readable(themes: Themes, theme: str, front: str, ground: str, least: float) -> None:
    colours = themes[theme]
    assert ratio(colours[front], colours[ground]) >= least


def test_ratio_of_known_colours() -> None:
    assert ratio("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_chosen_dark_and_dark_by_the_system_are_alike(themes: Themes) -> None:
    assert themes["dark"] == themes["system"]
