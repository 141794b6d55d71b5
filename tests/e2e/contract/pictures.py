"""Makes the pictures of the report page in docs/images: `python -m tests.e2e.contract.pictures`."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from vcsdk.cli.main import main
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from .browser import chromium

_ROOT = Path(__file__).parents[3]
_WIDTH, _HEIGHT = 1100, 857
_FAULT = "progress-over-total"


def take() -> None:
    """Run the suite against a server with one fault, and photograph the report light and dark."""
    password = secrets.token_urlsafe(16)
    os.environ["VC_PASSWORD"] = password
    options = SimulatorOptions(
        password=password, faults=(_FAULT,), failover_seconds=0.3, outage=0.3, unavailable=0.1, task_seconds=0.2
    )
    account = ["--username", options.username, "--password-env", "VC_PASSWORD"]
    powerless = ["--powerless-username", options.guest, "--powerless-password-env", "VC_PASSWORD"]
    far = ["--level", "destructive", "--allow", "vcha.cluster.failover"]
    with tempfile.TemporaryDirectory() as folder:
        with Simulator(read_api(_ROOT / "spec" / "vcha.yaml"), options).running() as url:
            main(["contract", "run", "--url", url, "--report", folder, *account, *powerless, *far])
        with chromium(_WIDTH, _HEIGHT) as browser:
            for scheme in ("light", "dark"):
                features = [{"name": "prefers-color-scheme", "value": scheme}]
                browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
                metrics = {"width": _WIDTH, "height": _HEIGHT, "deviceScaleFactor": 1, "mobile": False}
                browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
                browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
                browser.get((Path(folder) / "index.html").as_uri())
                browser.save_screenshot(str(_ROOT / "docs" / "images" / f"report-{scheme}.png"))


if __name__ == "__main__":
    take()
