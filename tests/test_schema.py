"""The committed JSON Schema is the one of the models, and what it accepts is what they accept."""

import importlib.resources
import json
import os
from pathlib import Path

import golden
import plandocs
import pytest

from kehoach.schemas.document import PlanDocument

FILE = Path(__file__).parents[1] / "schemas" / "plan-document.schema.json"


def _generated() -> dict:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **PlanDocument.model_json_schema()}


def test_the_committed_schema_is_not_stale():
    if golden.updating():
        FILE.write_text(json.dumps(_generated(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert json.loads(FILE.read_text("utf-8")) == _generated(), "the models have changed: 'make golden' writes the schema anew"


@pytest.mark.skipif(golden.updating(), reason="the installed copy is the old one while it is rewritten")
def test_the_package_ships_the_committed_schema():
    assert importlib.resources.files("kehoach.schemas").joinpath(FILE.name).read_bytes() == FILE.read_bytes()


def test_every_field_is_required_and_no_other_allowed():
    schema = _generated()
    for model in [schema, *schema["$defs"].values()]:
        if model.get("type") == "object":
            assert model["additionalProperties"] is False
            assert set(model["required"]) | {"page"} == set(model["properties"]) | {"page"}


def test_reading_back_gives_an_equal_object():
    document = plandocs.plan()
    assert PlanDocument.from_json(document.to_json()) == document
    assert PlanDocument.from_json(document.to_json()).to_json() == document.to_json()


def test_the_rewrite_flag_is_off_in_ci():
    assert not (golden.updating() and os.environ.get("CI")), f"{golden.FLAG} is set: every golden test would pass"
