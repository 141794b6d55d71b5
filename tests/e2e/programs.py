"""The programs that users of any SDK write first, and the tests in which each runs, sync and async, over real HTTP."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """What it does, and the tests (`folder/file.py::function`, below tests/) that run it."""

    number: int
    what: str
    tests: tuple[str, ...]
    forms: tuple[str, ...] = ("sync", "async")


PROGRAMS = (
    Program(
        1,
        "sign in by OAuth 2.0, with refresh, against a token server",
        (
            "wire/generated/test_oauth2.py::test_it_is_renewed_before_it_ends_and_by_the_refresh_token_that_came",
            "wire/generated/test_granted.py::test_the_environment_signs_in_too",
        ),
    ),
    Program(
        2,
        "two credentials at once",
        (
            "e2e/test_fastapi_security.py::test_each_dependency_gets_its_credential",
            "wire/generated/test_security.py::test_several_at_once",
        ),
    ),
    Program(
        3,
        "a base URL with a path, and variables of servers",
        ("e2e/test_where_and_hooks.py::test_a_base_url_with_a_path_and_variables_of_servers",),
    ),
    Program(4, "settings from the environment", ("e2e/test_where_and_hooks.py::test_settings_from_the_environment",)),
    Program(
        5,
        "options of single calls",
        (
            "wire/generated/test_options.py::test_headers_and_query_go_with_every_request",
            "wire/generated/test_options.py::test_time_and_repetitions",
        ),
    ),
    Program(
        6,
        "an HTTP client of one's own",
        (
            "wire/generated/test_own_http.py::test_what_its_owner_set_for_every_request_is_sent",
            "wire/generated/test_own_http.py::test_cookies_are_kept_and_stand_beside_those_of_the_call",
        ),
    ),
    Program(7, "hooks", ("e2e/test_where_and_hooks.py::test_hooks_of_a_task_from_login_to_logout",)),
    Program(
        8,
        "tracing into an exporter in memory",
        ("e2e/test_where_and_hooks.py::test_tracing_of_logins_calls_and_what_they_lead_to",),
    ),
    Program(9, "all pages, of each kind", ("wire/generated/test_pages_fastapi.py::test_all_pages_of_each_kind",)),
    Program(
        10,
        "two files uploaded, with progress",
        ("wire/generated/test_upload_progress.py::test_two_files_of_a_form_are_heard_of_apart",),
    ),
    Program(11, "a download kept in a file", ("e2e/test_fastapi.py::test_a_download_is_kept_in_a_file",)),
    Program(
        12,
        "events and JSON lines as objects",
        (
            "e2e/test_fastapi.py::test_streams",
            "e2e/test_fastapi.py::test_a_stream_that_is_resumed",
        ),
    ),
    Program(13, "a documented error, read by its fields", ("e2e/test_fastapi.py::test_errors",)),
    Program(
        14,
        "a user's own test, with the simulated fixture",
        ("e2e/test_simulated.py::test_of_a_vcenter", "e2e/test_simulated.py::test_of_any_description"),
    ),
    Program(
        15,
        "the same calls from the shell",
        (
            "e2e/test_fastapi.py::test_operations_from_the_shell",
            "e2e/test_shell.py::test_a_failover_from_the_shell",
        ),
        ("shell",),
    ),
)
