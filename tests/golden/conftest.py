from __future__ import annotations

# Expected output holds test modules of contract packages, which need a target.
collect_ignore_glob = ["*/expected*"]
