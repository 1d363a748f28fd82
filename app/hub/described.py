"""What OpenAPI says of bodies that routes read for themselves, and of refusals everywhere."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.wire.messages import (
    DeviceListAnswer,
    EnrolAnswer,
    EnrolRequest,
    HeadsAnswer,
    InvitationAnswer,
    InvitationRequest,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    Refusal,
    RevokeRequest,
)

_REF = "#/components/schemas/{model}"
_MODELS: tuple[type[BaseModel], ...] = (
    DeviceListAnswer,
    EnrolAnswer,
    EnrolRequest,
    HeadsAnswer,
    InvitationAnswer,
    InvitationRequest,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    Refusal,
    RevokeRequest,
)


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return what a route adds to its description: the body it reads itself."""
    schema = {"$ref": _REF.format(model=model.__name__)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def described(app: FastAPI) -> None:
    """Let the application's OpenAPI hold all messages, and a refusal for all that may go wrong."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(original())
        return app.openapi_schema

    original = app.openapi
    app.openapi = openapi  # type: ignore[method-assign] # the way FastAPI documents


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    _keys, schema = models_json_schema(
        [(model, "validation") for model in _MODELS], ref_template=_REF
    )
    components = document.setdefault("components", {}).setdefault("schemas", {})
    components.update(schema["$defs"])
    refusal = {
        "description": "Refused",
        "content": {"application/json": {"schema": {"$ref": _REF.format(model="Refusal")}}},
    }
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = refusal
    components.pop("HTTPValidationError", None)
    components.pop("ValidationError", None)
    return document
