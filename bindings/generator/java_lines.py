"""The scenario runner's lines of events, written from what the classes of events tell, as a user would read them."""

from .api import NOTICE, events
from .java_events import accessor, class_name, is_optional

FOLDER = "tests/bindings/java/generated"

PUTS = {"text": "text", "int": "number", "double": "number", "bool": "flag", "json": "json", "id": "id"}


def put(field):
    call = f"event.{accessor(field)}()"
    if field.type == "id":
        return f"line.id(\"{field.name}\", {call});"
    if not is_optional(field):
        return f"line.{PUTS[field.type]}(\"{field.name}\", {call});"
    return f"{call}.ifPresent(value -> line.{PUTS[field.type]}(\"{field.name}\", value));"


def files():
    lines = [f"// {NOTICE}", "package dev.gemlive.runner;", "", "import dev.gemlive.event.LiveEvent;"]
    lines += [f"import dev.gemlive.event.{class_name(event)};" for event in events()]
    head = lines[:3]
    lines = head + sorted(lines[3:])
    lines += ["", "/** Puts the fields of an event's class on its line. */", "final class EventFields {",
              "    static void put(LiveEvent any, EventLine line) {", "        switch (any.type()) {"]
    for event in events():
        lines += [f"            case \"{event.name}\":", f"                put(({class_name(event)}) any, line);",
                  "                break;"]
    lines += ["            default:", "                break;", "        }", "    }"]
    for event in events():
        lines += ["", f"    private static void put({class_name(event)} event, EventLine line) {{"]
        lines += [f"        {put(field)}" for field in event.fields] + ["    }"]
    lines += ["", "    private EventFields() {}", "}", ""]
    return {f"{FOLDER}/EventFields.java": "\n".join(lines)}
