from __future__ import annotations

import datetime

from vcsdk.release.changelog import entry, has, insert
from vcsdk.release.notes import Note

DAY = datetime.date(2026, 2, 3)
NOTES = [
    Note("Removed", True, "`a.b()` is gone"),
    Note("Added", False, "errors may be of the type `X`"),
    Note("Changed", False, "done already."),
]


def test_sections_come_in_the_order_of_keep_a_changelog() -> None:
    assert entry("1.2.0", DAY, NOTES) == (
        "## [1.2.0] - 2026-02-03\n\n### Added\n\n- Errors may be of the type `X`.\n\n"
        "### Changed\n\n- Done already.\n\n### Removed\n\n- **Breaking:** `a.b()` is gone.\n"
    )


def test_a_first_entry_brings_the_head() -> None:
    text = insert("", entry("0.1.0", DAY, (), "The first release."))
    assert text.startswith("# Changelog\n")
    assert text.endswith("\n## [0.1.0] - 2026-02-03\n\nThe first release.\n")


def test_the_latest_comes_first_but_below_what_is_unreleased() -> None:
    text = "# Changelog\n\n## [Unreleased]\n\n- By hand.\n\n## [1.0.0] - 2025-01-01\n\n- Old.\n"
    result = insert(text, entry("1.1.0", DAY, NOTES[1:2]))
    assert result.index("[Unreleased]") < result.index("By hand") < result.index("[1.1.0]") < result.index("[1.0.0]")
    assert result.endswith("\n\n## [1.0.0] - 2025-01-01\n\n- Old.\n")
    assert has(result, "1.1.0")
    assert not has(result, "1.1")


def test_a_changelog_without_entries_is_kept() -> None:
    assert insert("# Ours\n\nWords.\n\n", "## [1.0.0]\n") == "# Ours\n\nWords.\n\n## [1.0.0]\n"
