"""The report page in a real browser: no network, no injected script, light and dark, keyboard, copying, paper."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from vcsdk.contract import page

from tests.unit.contract.results import finding, results, row

from .browser import NoBrowserError, chromium

HOSTILE = '<script>document.title="owned"</script><img src=x onerror=\'document.title="owned"\'>\u202e'


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    try:
        with chromium(1280, 1000) as made:
            yield made
    except NoBrowserError as missing:
        pytest.skip(str(missing))


def content(*, hostile: bool = False) -> dict[str, Any]:
    text = HOSTILE if hostile else "plain"
    response = {"status": 200, "headers": [["x-note", text]], "body": json.dumps({"note": text})}
    found = [
        finding(check="secret-shown", severity="security", message=f"{text}\n{text}", response=response),
        finding(observed=text, path=f"$.{text}", rule=text, curl=f"curl {text}", message=text),
    ]
    made = results(
        *(row(f"a{number}[{text}]", "failed", one) for number, one in enumerate(found)),
        row("b"),
        row("c", "skipped", message=text),
        options={"level": "read", "username": text},
    )
    made.learn({"build": text if hostile else "24322831", "product": text})
    return made.as_dict()


@pytest.fixture
def opened(browser: Chrome, tmp_path: Path) -> Chrome:
    return show(browser, tmp_path, content())


def show(browser: Chrome, folder: Path, shown: dict[str, Any]) -> Chrome:
    path = folder / "index.html"
    path.write_text(page.render(shown), encoding="utf-8")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(path.as_uri())
    return browser


def test_it_works_from_a_file_without_network(opened: Chrome) -> None:
    asked = [json.loads(entry["message"])["message"] for entry in opened.get_log("performance")]
    requested = {event["params"]["request"]["url"] for event in asked if event["method"] == "Network.requestWillBeSent"}
    assert len(requested) == 1, requested
    assert all(url.startswith("file://") for url in requested)
    assert opened.get_log("browser") == []


def test_the_verdict_and_the_answers_are_read_at_once(opened: Chrome) -> None:
    assert opened.find_element(By.TAG_NAME, "h1").text.startswith("Build 24322831 breaks the contract: 2 findings")
    head = [cell.text for cell in opened.find_elements(By.CSS_SELECTOR, ".matrix thead th")]
    assert head == ["Operation", "Effect", "Requests", "200", "401", "403", "default"]
    first = opened.find_element(By.CSS_SELECTOR, ".matrix tbody tr")
    assert first.find_element(By.CSS_SELECTOR, "td.cell").text.startswith("✕ 4")
    shown = [item.text for item in opened.find_elements(By.CSS_SELECTOR, ".finding .chip")]
    assert [text.strip("▸▾ ") for text in shown] == ["security", "content"]


def test_what_a_server_says_is_never_run(browser: Chrome, tmp_path: Path) -> None:
    show(browser, tmp_path, content(hostile=True))
    for details in browser.find_elements(By.TAG_NAME, "details"):
        browser.execute_script("arguments[0].open = true", details)

    assert "owned" not in browser.title
    assert browser.find_elements(By.CSS_SELECTOR, "img, main script") == []
    assert HOSTILE.replace("\u202e", "\\u202e") in browser.find_element(By.CSS_SELECTOR, ".finding .headline").text
    # The policy holds should escaping ever fail: an inline script that is not the page's own is refused.
    browser.execute_script(
        "var s = document.createElement('script');"
        " s.textContent = 'document.title = \"owned\"'; document.body.append(s)"
    )
    assert "owned" not in browser.title
    assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))


def test_light_and_dark(opened: Chrome) -> None:
    def look() -> tuple[str, str]:
        return tuple(
            opened.execute_script("var s = getComputedStyle(document.body); return [s.backgroundColor, s.color]")
        )

    def prefer(scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    prefer("light")
    light = look()
    prefer("dark")
    dark = look()
    assert light != dark
    button = opened.find_element(By.ID, "theme")
    button.click()
    assert (button.text, look()) == ("Theme: light", light)
    button.click()
    assert (button.text, look()) == ("Theme: dark", dark)
    button.click()
    prefer("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(scheme: str, opened: Chrome) -> None:
    opened.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    low = opened.execute_script(CONTRAST)
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    assert low == []


def test_the_keyboard_reaches_everything(opened: Chrome) -> None:
    body = opened.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert opened.switch_to.active_element.get_attribute("class") == "skip"
    opened.switch_to.active_element.send_keys(Keys.ENTER)
    seen = set()
    for _ in range(80):
        opened.switch_to.active_element.send_keys(Keys.TAB)
        active = opened.switch_to.active_element
        if active.tag_name == "body":
            break
        outline = active.value_of_css_property("outline-style")
        assert outline != "none", active.get_attribute("outerHTML")[:200]
        seen.add(active.get_attribute("class") or active.tag_name)
    assert {"scroll", "summary", "copy"} <= seen
    summary = opened.find_elements(By.CSS_SELECTOR, ".finding > summary")[1]
    details = summary.find_element(By.XPATH, "..")
    assert details.get_attribute("open") is None
    summary.send_keys(Keys.ENTER)
    assert details.get_attribute("open") is not None


def test_it_tells_its_structure(opened: Chrome) -> None:
    levels = [int(h.tag_name[1]) for h in opened.find_elements(By.CSS_SELECTOR, "h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert opened.find_elements(By.CSS_SELECTOR, "th:not([scope])") == []
    assert opened.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    ids = [element.get_attribute("id") for element in opened.find_elements(By.CSS_SELECTOR, "[id]")]
    assert len(ids) == len(set(ids))
    labelled = opened.find_elements(By.CSS_SELECTOR, "[aria-labelledby]")
    assert labelled
    assert {element.get_attribute("aria-labelledby") for element in labelled} <= set(ids)
    for link in opened.find_elements(By.CSS_SELECTOR, "nav a"):
        assert str(link.get_attribute("href")).partition("#")[2] in ids


def test_commands_are_copied(opened: Chrome) -> None:
    opened.execute_script(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard',"
        " {value: {writeText: function (t) { window.copied.push(t); return Promise.resolve(); }}});"
    )
    button = opened.find_element(By.CSS_SELECTOR, ".finding[open] button.copy")
    opened.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()

    shown = opened.find_element(By.ID, str(button.get_attribute("data-copy"))).text
    if opened.execute_script("return window.isSecureContext"):
        assert opened.execute_script("return window.copied") == [shown]
    assert button.text in ("Copied", "Selected: press Ctrl+C")


def test_on_paper_every_finding_is_open(opened: Chrome) -> None:
    printed = base64.b64decode(opened.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])

    assert printed.startswith(b"%PDF")
    opened.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert all(d.get_attribute("open") for d in opened.find_elements(By.CSS_SELECTOR, "details.finding"))
    opened.execute_script("window.dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("width", [1600, 1100, 800, 400])
def test_only_tables_scroll_sideways(width: int, opened: Chrome) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page_width, room = opened.execute_script(
            "const page = document.documentElement; return [page.scrollWidth, page.clientWidth]"
        )
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert page_width == room


@pytest.mark.parametrize("width", [390, 360])
def test_a_narrow_screen_shows_answers_beside_the_operations(width: int, opened: Chrome) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        right, first, effects, note, bar = opened.execute_script(
            "const one = s => document.querySelector(s); const at = e => e.getBoundingClientRect().right;"
            " return [at(one('.matrix').parentElement), at(one('.matrix tbody td.cell')),"
            "  Array.from(document.querySelectorAll('.matrix tbody .effect')).filter(e => e.checkVisibility()).length,"
            "  one('.wide').checkVisibility(), getComputedStyle(one('.bar')).position]"
        )
        rows = len(opened.find_elements(By.CSS_SELECTOR, ".matrix tbody tr"))
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert first <= right
    assert effects == rows, "each operation says its effect once"
    assert note, "what is hidden is said"
    assert bar == "static"


# The text whose contrast with the colour behind it is below 4.5 : 1 (WCAG 2.2, 1.4.3).
CONTRAST = """
function parse(c) { var m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? m.concat(1) : m; }
function lum(c) {
  var v = c.slice(0, 3).map(function (x) {
    x /= 255; return x <= 0.03928 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
}
function ground(e) {
  for (; e; e = e.parentElement) { var c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; }
  return [255, 255, 255, 1];
}
var low = [];
document.querySelectorAll('main *, header *').forEach(function (e) {
  var own = Array.prototype.some.call(e.childNodes, function (n) { return n.nodeType === 3 && n.textContent.trim(); });
  if (!own || !e.checkVisibility() || e.closest('.hidden') || e.closest('svg')) return;
  var a = lum(parse(getComputedStyle(e).color)), b = lum(ground(e));
  var ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) low.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
});
return low;
"""
