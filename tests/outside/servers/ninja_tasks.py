"""Tasks, kept by a Django Ninja application as people write it: schemas, a bearer token, pages by limit and offset."""

# No `from __future__ import annotations`: Django Ninja reads the annotations of functions made inside a function.

import itertools
import json
import sys
import types
from typing import Any, Literal

import django
from django.conf import settings

_URLS = "tests.outside.servers.ninja_urls"
if not settings.configured:
    # Django Ninja reads them when it is imported.
    settings.configure(
        ALLOWED_HOSTS=["*"], INSTALLED_APPS=["ninja"], LOGGING_CONFIG=None, ROOT_URLCONF=_URLS, SECRET_KEY="k" * 50
    )
    django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402
from django.urls import clear_url_caches, path  # noqa: E402
from ninja import Field, NinjaAPI, Schema  # noqa: E402
from ninja.errors import HttpError  # noqa: E402
from ninja.pagination import LimitOffsetPagination, paginate  # noqa: E402
from ninja.security import HttpBearer  # noqa: E402

BUGS = {
    "filter": ("tasks.list_tasks", "filter-kept"),
    "listed-filter": ("tasks.list_tasks", "filter-kept"),
    "put-forgotten": ("tasks.put_task", "change-kept"),
    "priority-kept": ("tasks.put_task", "change-kept"),
    "delete-forgotten": ("tasks.delete_task", "deleted-gone"),
}
"""The operation of each, and the check that finds it."""
_Priority = Literal["low", "normal", "high"]


class Message(Schema):
    detail: str


class TaskIn(Schema):
    summary: str = Field(min_length=1, max_length=60)
    done: bool = False
    priority: _Priority = "normal"
    estimate: int | None = Field(None, ge=0, le=100)


class TaskOut(TaskIn):
    id: int


MISSING = {200: TaskOut, 404: Message}


def _api(token: str, *bugs: str) -> NinjaAPI:
    wrong = frozenset(bugs)
    tasks: dict[int, dict[str, Any]] = {}
    numbers = itertools.count(1)

    class Bearer(HttpBearer):
        def authenticate(self, request: Any, given: str) -> str | None:
            return given if given == token else None

    api = NinjaAPI(title="Tasks", version="1", auth=Bearer(), urls_namespace=f"tasks-{next(_numbers)}")

    def find(number: int) -> dict[str, Any]:
        if number not in tasks:
            raise HttpError(404, "Not found")
        return tasks[number]

    @api.get("/tasks/", response=list[TaskOut], operation_id="list_tasks", tags=["tasks"])
    @paginate(LimitOffsetPagination)
    def list_tasks(request: Any, done: bool | None = None, priority: _Priority | None = None) -> Any:
        found = [*tasks.values()]
        if done is not None and "filter" not in wrong:
            found = [task for task in found if task["done"] == done]
        if priority is not None and "listed-filter" not in wrong:
            found = [task for task in found if task["priority"] == priority]
        return found

    @api.post("/tasks/", response={201: TaskOut}, operation_id="create_task", tags=["tasks"])
    def create_task(request: Any, new: TaskIn) -> Any:
        made = {"id": next(numbers), **new.dict()}
        tasks[made["id"]] = made
        return 201, made

    @api.get("/tasks/{int:task_id}", response=MISSING, operation_id="get_task", tags=["tasks"])
    def get_task(request: Any, task_id: int) -> Any:
        return find(task_id)

    @api.put("/tasks/{int:task_id}", response=MISSING, operation_id="put_task", tags=["tasks"])
    def put_task(request: Any, task_id: int, new: TaskIn) -> Any:
        before = find(task_id)
        kept = {"priority": before["priority"]} if "priority-kept" in wrong else {}
        changed = {"id": task_id, **new.dict(), **kept}
        if "put-forgotten" not in wrong:
            tasks[task_id] = changed
        return changed

    @api.delete("/tasks/{int:task_id}", response={204: None, 404: Message}, operation_id="delete_task", tags=["tasks"])
    def delete_task(request: Any, task_id: int) -> Any:
        find(task_id)
        if "delete-forgotten" not in wrong:
            del tasks[task_id]
        return 204, None

    return api


def application(token: str, *bugs: str) -> Any:
    """The application with these bugs, as ASGI; with none it keeps what it says.  One at a time in a process."""
    sys.modules[_URLS] = types.ModuleType(_URLS)
    sys.modules[_URLS].urlpatterns = [path("api/", _api(token, *bugs).urls)]  # type: ignore[attr-defined]
    clear_url_caches()
    return get_asgi_application()


def described() -> dict[str, Any]:
    """What the application says about itself, whatever is wrong with it."""
    application("")
    api = _api("")
    sys.modules[_URLS].urlpatterns = [path("api/", api.urls)]  # type: ignore[attr-defined]
    clear_url_caches()
    document: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return document


_numbers = itertools.count(1)
