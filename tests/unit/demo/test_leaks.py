from __future__ import annotations

import base64

import pytest

from demo import leaks

USER, PASSWORD, TOKEN = "administrator@vsphere.local", 'p"ss/wörd', "0e3b2a31-7f5e-4d1c-9a41-6a0f1c9d2b11"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def search(folder):
    return leaks.search(folder, {USER: PASSWORD}, {TOKEN})


def test_a_clean_folder_holds_nothing(tmp_path):
    (tmp_path / "a.log").write_text('Secret(\'***\') Authorization: Basic ***\n{"vmware-api-session-id": "***"}')
    assert search(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        PASSWORD,
        "p%22ss%2Fw%C3%B6rd",
        r"p\"ss/w\u00f6rd",
        f"session={TOKEN};",
        f"Authorization: Basic {BASIC}",
        BASIC,
        "'vmware-api-session-id': '11111111-2222-4333-8444-555555555555'",
        "vmware-api-session-id=11111111-2222-4333-8444-555555555555",
        "(b'vmware-api-session-id', b'11111111-2222-4333-8444-555555555555')",
        "Authorization: Basic c29tZWJvZHlfZWxzZTpzZWNyZXQ=",
    ],
)
def test_each_spelling_of_a_secret_is_found_wherever_it_is(tmp_path, text):
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/cache.bin").write_bytes(b"\x00\xff" + text.encode() + b"\x00")
    found = search(tmp_path)
    assert found
    assert all(row.startswith("deep/er/cache.bin holds ") for row in found)
    for secret in (PASSWORD, TOKEN, BASIC):
        assert secret not in " ".join(found), "the finding must not repeat the secret"


def test_every_file_counts(tmp_path):
    (tmp_path / "a").write_text("")
    (tmp_path / "b").write_text("")
    assert leaks.count(tmp_path) == 2
