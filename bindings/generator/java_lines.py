"""What the scenario runner needs for every event and option: it reads and sets them as a user would."""

from .api import NOTICE, camel, events, options
from .java_events import accessor, class_name, is_optional

FOLDER = "tests/bindings/java/generated"

PUTS = {"text": "text", "int": "number", "double": "number", "bool": "flag", "json": "json", "id": "id"}


def put(field):
    call = f"event.{accessor(field)}()"
    if field.type == "id":
        return f"line.id(\"{field.name}\", {call});"
    if field.optional and field.type == "bool":
        return f"if ({call}) {{\n            line.flag(\"{field.name}\", true);\n        }}"
    if not is_optional(field):
        return f"line.{PUTS[field.type]}(\"{field.name}\", {call});"
    return f"{call}.ifPresent(value -> line.{PUTS[field.type]}(\"{field.name}\", value));"


def fields_file():
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
    return "\n".join(lines)


# How a JSON value of the right kind becomes a setter's argument, and what says that it is of the right kind.
ARGUMENTS = {"text": ("isText", "getAsString"), "int": ("isNumber", "getAsLong"), "double": ("isNumber", "getAsDouble"),
             "bool": ("isFlag", "getAsBoolean")}


def options_file():
    lines = [f"// {NOTICE}", "package dev.gemlive.runner;", "", "import com.google.gson.JsonElement;",
             "import dev.gemlive.LiveOptions;", "",
             "/** Sets an option by its setter; false for a name or a type for which there is none. */",
             "final class OptionSettings {",
             "    static boolean set(LiveOptions.Builder to, String name, JsonElement value) {", "        switch (name) {"]
    for option in options():
        setter = f"to.{camel(option.name)}"
        lines.append(f"            case \"{option.name}\":")
        if option.type == "json":
            lines.append(f"                return done({setter}(Lines.asGiven(value)));")
        else:
            kind, get = ARGUMENTS[option.type]
            lines.append(f"                return Lines.{kind}(value) && done({setter}(value.{get}()));")
    lines += ["            default:", "                return false;", "        }", "    }", "",
              "    private static boolean done(LiveOptions.Builder set) {", "        return set != null;", "    }", "",
              "    private OptionSettings() {}", "}", ""]
    return "\n".join(lines)


def files():
    return {f"{FOLDER}/EventFields.java": fields_file(), f"{FOLDER}/OptionSettings.java": options_file()}
