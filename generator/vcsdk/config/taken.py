"""Distributions and modules that generated packages stand beside, and may not be called like.

A package called like one of these takes its place wherever it is installed: pip removes the one for the other, or
what imports the one gets the other.
"""

from __future__ import annotations

DISTRIBUTIONS = frozenset(
    (
        # What installs and builds packages.
        *("build", "distribute", "ensurepip", "hatchling", "packaging", "pathspec", "pip", "pyproject-hooks"),
        *("setuptools", "trove-classifiers", "tomlkit", "twine", "uv", "virtualenv", "wheel"),
        # What clients need, and what that needs.
        *("anyio", "certifi", "h11", "httpcore2", "httpx2", "idna", "msgspec", "truststore", "typing-extensions"),
        # Contract packages.
        *("attrs", "charset-normalizer", "click", "execnet", "graphql-core", "harfile", "hypothesis"),
        *("hypothesis-graphql", "iniconfig", "jsonschema-rs", "pluggy", "pygments", "pyrate-limiter", "pytest"),
        *("pytest-xdist", "pyyaml", "requests", "rich", "schemathesis", "sortedcontainers", "starlette", "urllib3"),
        *("markupsafe", "werkzeug"),
        # The toolkit.
        *("jinja2", "markdown-it-py", "mdurl", "python-jsonpath", "ruff"),
        *("uvicorn", "vcsdk"),
        # What other generators make of a description (`--flavor`).
        *("annotated-types", "httpcore", "httpx", "pydantic", "pydantic-core", "python-dateutil"),
    )
)
"""Normalised names (PyPA "Names and normalization")."""

MODULES = frozenset(
    (
        *("_distutils_hack", "_pytest", "_yaml", "annotated_types", "anyio", "attr", "attrs", "build", "certifi"),
        *("charset_normalizer", "click", "dateutil", "execnet", "graphql", "h11"),
        *("harfile", "hatchling", "httpcore", "httpcore2", "httpx", "httpx2", "hypothesis", "hypothesis_graphql"),
        *("idna", "iniconfig", "jinja2", "jsonpath", "jsonschema_rs", "markdown_it", "markupsafe", "mdurl", "msgspec"),
        *("packaging", "pathspec", "pip", "pkg_resources", "pluggy", "py", "pydantic", "pydantic_core", "pygments"),
        *("pyproject_hooks", "pyrate_limiter", "pytest", "requests", "rich", "ruff", "schemathesis"),
        *("setuptools", "sortedcontainers", "starlette", "tomlkit", "trove_classifiers", "truststore", "twine"),
        *("typing_extensions", "urllib3", "uv", "uvicorn", "vcsdk", "virtualenv", "werkzeug", "wheel", "xdist", "yaml"),
    )
)
"""The modules that these bring."""
