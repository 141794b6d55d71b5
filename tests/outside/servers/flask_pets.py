"""Pets, kept by an APIFlask application as people write it: marshmallow schemas, views, a key in a header."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from apiflask import APIFlask, APIKeyHeaderAuth, PaginationSchema, Schema, abort
from apiflask.fields import Boolean, DateTime, Float, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range
from flask import request
from flask.views import MethodView

BUGS = {
    "filter": ("pets.list_pets", "filter-kept"),
    "boolean-filter": ("pets.list_pets", "filter-kept"),
    "descending": ("pets.list_pets", "order-kept"),
    "off-by-one": ("pets.list_pets", "pages-whole"),
    "limit": ("pets.list_pets", "limit-kept"),
    "patch-replaces": ("pets.patch_pet", "change-kept"),
    "patch-forgotten": ("pets.patch_pet", "change-kept"),
    "open": ("pets.get_pet", "credentials-needed"),
    "delete-forgotten": ("pets.delete_pet", "deleted-gone"),
    "name-unchecked": ("pets.create_pet", "fuzz.accepted-negative-data"),
}
"""The operation of each, and the check that finds it."""
KINDS = ["dog", "cat"]


class PetIn(Schema):
    name = String(required=True, validate=Length(1, 30))
    category = String(required=True, validate=OneOf(KINDS))
    weight = Float(validate=Range(min=0.1, max=200))
    vaccinated = Boolean(load_default=False)


class PetChange(Schema):
    name = String(validate=Length(1, 30))
    category = String(validate=OneOf(KINDS))
    weight = Float(validate=Range(min=0.1, max=200))
    vaccinated = Boolean()


class PetOut(Schema):
    id = Integer(required=True)
    name = String(required=True)
    category = String(required=True, validate=OneOf(KINDS))
    weight = Float(allow_none=True)
    vaccinated = Boolean(required=True)
    born = DateTime(required=True)


class PetsOut(Schema):
    pets = List(Nested(PetOut), required=True)
    pagination = Nested(PaginationSchema, required=True)


class PetQuery(Schema):
    page = Integer(load_default=1, validate=Range(min=1))
    per_page = Integer(load_default=20, validate=Range(min=1, max=50))
    category = String(validate=OneOf(KINDS))
    vaccinated = Boolean()
    sort = String(validate=OneOf(["name", "weight", "id"]))
    order = String(validate=OneOf(["asc", "desc"]), load_default="asc")


def application(key: str, *bugs: str) -> APIFlask:
    """The application with these bugs; with none it keeps what its `/openapi.json` says."""
    wrong = frozenset(bugs)
    app = APIFlask("pets", title="Pets", version="1.0")
    auth = APIKeyHeaderAuth(param_name="X-API-Key")
    pets: dict[int, dict[str, Any]] = {}
    numbers = itertools.count(1)

    @auth.verify_token
    def verify(token: str) -> Any:
        is_open = "open" in wrong and request.method == "GET" and bool(request.view_args)
        return "keeper" if token == key or is_open else None

    def find(number: int) -> dict[str, Any]:
        if number not in pets:
            abort(404, "No such pet")
        return pets[number]

    @app.before_request
    def typed() -> Any:
        known = request.routing_exception is None and request.headers.get("X-API-Key") == key
        if known and request.method in ("POST", "PATCH") and not request.is_json:
            return {"message": "Unsupported Media Type", "detail": {}}, 415
        return None

    class Pets(MethodView):
        decorators = (app.auth_required(auth),)

        @app.input(PetQuery, location="query")
        @app.output(PetsOut)
        @app.doc(operation_id="list_pets", tags=["pets"])
        def get(self, query_data: dict[str, Any]) -> Any:
            found = [*pets.values()]
            for name, bug in (("category", "filter"), ("vaccinated", "boolean-filter")):
                if name in query_data and bug not in wrong:
                    found = [pet for pet in found if pet[name] == query_data[name]]
            if by := query_data.get("sort"):
                down = query_data["order"] == "desc" and "descending" not in wrong
                found.sort(key=lambda pet: (pet[by] is None, pet[by] or 0) if by == "weight" else pet[by], reverse=down)
            page, size = query_data["page"], query_data["per_page"]
            start = (page - 1) * size - (1 if "off-by-one" in wrong and page > 1 else 0)
            shown = found if "limit" in wrong else found[start : page * size]
            pagination = {"page": page, "per_page": size, "pages": -(-len(found) // size), "total": len(found)}
            return {"pets": shown, "pagination": pagination}

        @app.input(PetIn if "name-unchecked" not in wrong else PetIn.from_dict({"name": String(required=True)}))
        @app.output(PetOut, status_code=201)
        @app.doc(operation_id="create_pet", tags=["pets"])
        def post(self, json_data: dict[str, Any]) -> Any:
            made = {"id": next(numbers), "weight": None, "born": datetime.now(UTC), **json_data}
            pets[made["id"]] = {"category": "dog", "vaccinated": False, **made}
            return pets[made["id"]]

    class Pet(MethodView):
        decorators = (app.auth_required(auth),)

        @app.output(PetOut)
        @app.doc(operation_id="get_pet", tags=["pets"], responses={404: "No such pet"})
        def get(self, pet_id: int) -> Any:
            return find(pet_id)

        @app.input(PetChange)
        @app.output(PetOut)
        @app.doc(operation_id="patch_pet", tags=["pets"], responses={404: "No such pet"})
        def patch(self, pet_id: int, json_data: dict[str, Any]) -> Any:
            before = find(pet_id)
            if "patch-replaces" in wrong:
                before = {**before, "name": "-", "weight": None, "vaccinated": False}
            changed = {**before, **json_data}
            if "patch-forgotten" not in wrong:
                pets[pet_id] = changed
            return changed

        @app.output({}, status_code=204)
        @app.doc(operation_id="delete_pet", tags=["pets"], responses={404: "No such pet"})
        def delete(self, pet_id: int) -> str:
            find(pet_id)
            if "delete-forgotten" not in wrong:
                del pets[pet_id]
            return ""

    app.add_url_rule("/pets/", view_func=Pets.as_view("pets"))
    app.add_url_rule("/pets/<int:pet_id>", view_func=Pet.as_view("pet"))
    return app


def described() -> dict[str, Any]:
    """What the application says about itself, whatever is wrong with it."""
    with application("").test_client() as client:
        document: dict[str, Any] = client.get("/openapi.json").get_json()
    return document
