"""Customers and payments, as Stripe has them: forms as bodies, lists that lead on by the last identifier."""

from __future__ import annotations

import itertools
import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.outside.servers.house import (
    TEXT,
    House,
    Refused,
    asked,
    carried,
    described,
    header,
    once,
    place,
    query,
    ref,
    whole,
)

FORM = "application/x-www-form-urlencoded"
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
CURRENCIES = ("usd", "eur", "gbp")
STATES = ("requires_payment_method", "canceled")
REASONS = ("duplicate", "fraudulent", "abandoned")


def listed(what: str, path: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["object", "data", "has_more", "url"],
        "properties": {
            "object": {**TEXT, "enum": ["list"]},
            "data": {"type": "array", "items": ref(what)},
            "has_more": {"type": "boolean", "description": "True if there are more items behind the last one."},
            "url": {**TEXT, "pattern": f"^{path}"},
        },
    }


NAME = {**TEXT, "minLength": 1, "maxLength": 256}
SCHEMAS: dict[str, Any] = {
    "customer": {
        "type": "object",
        "required": ["id", "object", "created", "livemode", "email", "name", "description"],
        "properties": {
            "id": {**TEXT, "maxLength": 5000},
            "object": {**TEXT, "enum": ["customer"]},
            "created": {"type": "integer", "description": "Seconds since the epoch."},
            "livemode": {"type": "boolean"},
            "email": {**TEXT, "nullable": True},
            "name": {**TEXT, "nullable": True},
            "description": {**TEXT, "nullable": True},
        },
    },
    "deleted_customer": {
        "type": "object",
        "required": ["id", "object", "deleted"],
        "properties": {
            "id": TEXT,
            "object": {**TEXT, "enum": ["customer"]},
            "deleted": {"type": "boolean", "enum": [True]},
        },
    },
    "payment_intent": {
        "type": "object",
        "required": ["id", "object", "amount", "currency", "status", "created", "customer", "cancellation_reason"],
        "properties": {
            "id": TEXT,
            "object": {**TEXT, "enum": ["payment_intent"]},
            "amount": {"type": "integer"},
            "currency": {**TEXT, "enum": [*CURRENCIES]},
            "status": {**TEXT, "enum": [*STATES]},
            "created": {"type": "integer"},
            "customer": {**TEXT, "nullable": True},
            "cancellation_reason": {**TEXT, "nullable": True, "enum": [*REASONS, None]},
        },
    },
    "error": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["type", "message"],
                "properties": {
                    "type": {**TEXT, "enum": ["api_error", "invalid_request_error", "idempotency_error"]},
                    "message": TEXT,
                    "param": TEXT,
                },
            }
        },
    },
    "customers": listed("customer", "/v1/customers"),
    "payment_intents": listed("payment_intent", "/v1/payment_intents"),
}
CUSTOMER = {
    "type": "object",
    "properties": {
        "email": {**TEXT, "format": "email", "maxLength": 512},
        "name": NAME,
        "description": {**TEXT, "maxLength": 350},
    },
}
INTENT = {
    "type": "object",
    "required": ["amount", "currency"],
    "properties": {
        "amount": {"type": "integer", "minimum": 1, "maximum": 99999999},
        "currency": {**TEXT, "enum": [*CURRENCIES]},
        "customer": {**TEXT, "maxLength": 5000, "description": "Of a customer that is there."},
    },
}


def description() -> dict[str, Any]:
    refusal = {"default": {"description": "Error response.", **carried(ref("error"))}}

    def ok(name: str) -> dict[str, Any]:
        return {"200": {"description": "Successful response.", **carried(ref(name))}, **refusal}

    pages = [
        query("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 10}),
        query("starting_after", {**TEXT, "maxLength": 5000}, description="The id of the last item of the page before."),
        query("ending_before", {**TEXT, "maxLength": 5000}),
    ]
    key = [header("Idempotency-Key", {**TEXT, "minLength": 1, "maxLength": 255})]
    customer = [place("customer", {**TEXT, "maxLength": 5000})]
    intent = [place("intent", {**TEXT, "maxLength": 5000})]
    either = {
        "200": {
            "description": "It, or what is left of it.",
            **carried({"anyOf": [ref("customer"), ref("deleted_customer")]}),
        },
        **refusal,
    }
    return described(
        "Pay",
        {
            "/v1/customers": {
                "get": {
                    "operationId": "GetCustomers",
                    "parameters": [*pages, query("email", {**TEXT, "maxLength": 512})],
                    "responses": ok("customers"),
                },
                "post": {
                    "operationId": "PostCustomers",
                    "parameters": key,
                    "requestBody": asked(CUSTOMER, FORM, required=False),
                    "responses": ok("customer"),
                },
            },
            "/v1/customers/{customer}": {
                "parameters": customer,
                "get": {"operationId": "GetCustomersCustomer", "responses": either},
                "post": {
                    "operationId": "PostCustomersCustomer",
                    "requestBody": asked(CUSTOMER, FORM, required=False),
                    "responses": ok("customer"),
                },
                "delete": {"operationId": "DeleteCustomersCustomer", "responses": ok("deleted_customer")},
            },
            "/v1/payment_intents": {
                "get": {
                    "operationId": "GetPaymentIntents",
                    "parameters": [*pages, query("customer", {**TEXT, "maxLength": 5000})],
                    "responses": ok("payment_intents"),
                },
                "post": {
                    "operationId": "PostPaymentIntents",
                    "parameters": key,
                    "requestBody": asked(INTENT, FORM),
                    "responses": ok("payment_intent"),
                },
            },
            "/v1/payment_intents/{intent}": {
                "parameters": intent,
                "get": {"operationId": "GetPaymentIntentsIntent", "responses": ok("payment_intent")},
            },
            "/v1/payment_intents/{intent}/cancel": {
                "parameters": intent,
                "post": {
                    "operationId": "PostPaymentIntentsIntentCancel",
                    "requestBody": asked(
                        {"type": "object", "properties": {"cancellation_reason": {**TEXT, "enum": [*REASONS]}}},
                        FORM,
                        required=False,
                    ),
                    "responses": ok("payment_intent"),
                },
            },
        },
        SCHEMAS,
    )


class Pay(House):
    """A test mode without any money."""

    def __init__(self, *bugs: str) -> None:
        super().__init__(*bugs)
        self.numbers = itertools.count(1)
        self.customers: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}
        self.keys: dict[tuple[str, str], tuple[dict[str, str], dict[str, Any]]] = {}
        for name in ("Ada", "Grace", "Mary"):
            self.make({"name": name, "email": f"{name.lower()}@example.com"})
        first = next(iter(self.customers))
        for amount in (100, 2000):
            self.intend({"amount": str(amount), "currency": "usd", "customer": first})

    def error(self, status: int, why: str) -> Any:
        kind = "idempotency_error" if why == "Idempotency-Key" else "invalid_request_error"
        return {"error": {"type": kind, "message": f"Invalid: {why}", "param": why}}

    def routes(self) -> list[Route]:
        return [
            self.route("/v1/customers", get=self.list_customers, post=self.new_customer),
            self.route(
                "/v1/customers/{id}", get=self.get_customer, post=self.change_customer, delete=self.drop_customer
            ),
            self.route("/v1/payment_intents", get=self.list_intents, post=self.new_intent),
            self.route("/v1/payment_intents/{id}", get=self.get_intent),
            self.route("/v1/payment_intents/{id}/cancel", post=self.cancel),
        ]

    async def form(self, request: Request, *names: str) -> dict[str, str]:
        content = await request.body()
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not content and not kind:
            return {}
        if kind != FORM:
            raise Refused(415, "content type")
        try:
            pairs = parse_qsl(content.decode(), keep_blank_values=True, errors="strict")
        except ValueError:
            raise Refused(400, "body") from None
        if len({name for name, _ in pairs}) < len(pairs):
            raise Refused(400, "body")
        for name, _ in pairs:
            if name not in names:
                raise Refused(400, f"unknown parameter {name}")
        return dict(pairs)

    async def idempotent(self, request: Request, said: dict[str, str], make: Any) -> Response:
        key = request.headers.get("idempotency-key")
        if key is not None and not 0 < len(key) <= 255:
            raise Refused(400, "Idempotency-Key")
        place = (request.url.path, key or "")
        if key is not None and place in self.keys and "key forgotten" not in self.bugs:
            before, answer = self.keys[place]
            if before != said:
                raise Refused(400, "Idempotency-Key")
            return JSONResponse(answer)
        answer = make(said)
        if key is not None:
            self.keys[place] = (said, answer)
        return JSONResponse(answer)

    def customer_said(self, said: dict[str, str]) -> dict[str, str]:
        mail = said.get("email")
        if mail and (len(mail) > 512 or not _MAIL.match(mail)):
            raise Refused(400, "email")
        if "name" in said and not 0 < len(said["name"]) <= 256:
            raise Refused(400, "name")
        if len(said.get("description", "")) > 350:
            raise Refused(400, "description")
        if "email" in said and not mail:
            raise Refused(400, "email")
        return said

    def make(self, said: dict[str, str]) -> dict[str, Any]:
        number = next(self.numbers)
        made = {"id": f"cus_{number:014d}", "object": "customer", "created": 1790000000 + number, "livemode": False}
        self.customers[str(made["id"])] = {**made, "email": None, "name": None, "description": None, **said}
        return dict(self.customers[str(made["id"])])

    def intend(self, said: dict[str, str]) -> dict[str, Any]:
        number = next(self.numbers)
        key = f"pi_{number:014d}"
        self.intents[key] = {
            "id": key,
            "object": "payment_intent",
            "amount": int(said["amount"]) + ("off by one" in self.bugs),
            "currency": said["currency"],
            "status": STATES[0],
            "created": 1790000000 + number,
            "customer": said.get("customer"),
            "cancellation_reason": None,
        }
        return dict(self.intents[key])

    def page(self, request: Request, every: list[dict[str, Any]], path: str) -> Response:
        size = whole(request, "limit", 10, 1, 100)
        if "limit ignored" in self.bugs:
            size = 10
        after, before = once(request, "starting_after"), once(request, "ending_before")
        if after is not None and before is not None:
            raise Refused(400, "ending_before")
        ids = [item["id"] for item in every]
        for name, value in (("starting_after", after), ("ending_before", before)):
            if value is not None and value not in ids:
                raise Refused(400, name)
        if before is not None:
            rest = every[: ids.index(before)]
            found, more = rest[-size:], len(rest) > size
        else:
            rest = every[ids.index(after) + ("cursor repeats" not in self.bugs) :] if after is not None else every
            found, more = rest[:size], len(rest) > size
        if "never more" in self.bugs:
            more = False
        return JSONResponse({"object": "list", "data": found, "has_more": more, "url": path})

    async def list_customers(self, request: Request) -> Response:
        mail = once(request, "email")
        if mail is not None and len(mail) > 512:
            raise Refused(400, "email")
        found = [c for c in reversed(self.customers.values()) if not c.get("deleted")]
        if mail is not None and "no filter" not in self.bugs:
            found = [c for c in found if c["email"] == mail]
        return self.page(request, found, "/v1/customers")

    async def new_customer(self, request: Request) -> Response:
        said = self.customer_said(await self.form(request, "email", "name", "description"))
        return await self.idempotent(request, said, self.make)

    def known(self, request: Request, store: dict[str, dict[str, Any]]) -> dict[str, Any]:
        found = store.get(request.path_params["id"])
        if found is None:
            raise Refused(404, "id")
        return found

    async def get_customer(self, request: Request) -> Response:
        return JSONResponse(self.known(request, self.customers))

    async def change_customer(self, request: Request) -> Response:
        customer = self.known(request, self.customers)
        if customer.get("deleted"):
            raise Refused(404, "id")
        said = self.customer_said(await self.form(request, "email", "name", "description"))
        if "update lost" not in self.bugs:
            customer |= said
        return JSONResponse({**customer, **said})

    async def drop_customer(self, request: Request) -> Response:
        customer = self.known(request, self.customers)
        if customer.get("deleted"):
            raise Refused(404, "id")
        gone = {"id": customer["id"], "object": "customer", "deleted": True}
        if "still there" not in self.bugs:
            self.customers[customer["id"]] = gone
        return JSONResponse(gone)

    async def list_intents(self, request: Request) -> Response:
        whose = once(request, "customer")
        if whose is not None and len(whose) > 5000:
            raise Refused(400, "customer")
        found = [i for i in reversed(self.intents.values()) if whose is None or i["customer"] == whose]
        return self.page(request, found, "/v1/payment_intents")

    async def new_intent(self, request: Request) -> Response:
        said = await self.form(request, "amount", "currency", "customer")
        amount = said.get("amount", "")
        if not re.fullmatch("[0-9]{1,8}", amount) or not 1 <= int(amount) <= 99999999:
            raise Refused(400, "amount")
        if said.get("currency") not in CURRENCIES:
            raise Refused(400, "currency")
        if "customer" in said and (
            said["customer"] not in self.customers or self.customers[said["customer"]].get("deleted")
        ):
            raise Refused(400, "customer")
        return await self.idempotent(request, said, self.intend)

    async def get_intent(self, request: Request) -> Response:
        return JSONResponse(self.known(request, self.intents))

    async def cancel(self, request: Request) -> Response:
        intent = self.known(request, self.intents)
        said = await self.form(request, "cancellation_reason")
        reason = said.get("cancellation_reason")
        if "cancellation_reason" in said and reason not in REASONS:
            raise Refused(400, "cancellation_reason")
        if intent["status"] == "canceled":
            raise Refused(400, "status")
        intent |= {"status": "canceled", "cancellation_reason": reason}
        return JSONResponse(intent)
