"""The Java classes of events, what makes them, and what gives them to a listener."""

from .api import NOTICE, camel, events, pascal

# `Error` is a class that every Java file knows already, and with which it would be confused.
CLASSES = {"error": "ErrorEvent"}
KEYWORDS = {"final": "isFinal"}

TYPES = {"text": "String", "int": "long", "double": "double", "bool": "boolean", "json": "String", "id": "long"}
READERS = {"text": "text", "int": "integer", "double": "number", "bool": "flag", "json": "text"}
# What an optional field's accessor gives, made from the field by LiveEvent's helper of that name.
OPTIONALS = {"text": "Optional<String>", "int": "OptionalLong", "double": "OptionalDouble", "json": "Optional<String>"}

# What an event has beside its fields: (imports, members and their reading in the constructor, methods).
EXTRAS = {
    "audio": ([], ["short[] samples = event.samples()"], '''
    /** The samples, interleaved: frames() * channels() of them. A copy each time. */
    public short[] samples() {
        return samples.clone();
    }
'''),
    "media": ([], ["byte[] data = event.data()"], '''
    /** The bytes themselves. A copy each time. */
    public byte[] data() {
        return data.clone();
    }
'''),
    "resumption_updated": ([], ["String handle = event.resumptionHandle()"], '''
    /**
     * The handle, which resumes the conversation in another process by the option session_resumption; "" when there is
     * none. Treat it like a password: it is in no JSON, in no log, and not in toString().
     */
    public String handle() {
        return handle;
    }
'''),
    "tool_call": (["java.util.Map"], [], '''
    /** The arguments as a map; numbers are Doubles. */
    public Map<String, Object> argumentMap() {
        return Json.map(arguments);
    }

    /**
     * Answers the call.
     *
     * @param output anything that JSON can show: a Map, a record or bean, a List, a number, a text, null. What is no
     *     object in JSON is sent as {"output": value}.
     * @throws dev.gemlive.GemliveException CANCELLED for a call that was cancelled, INVALID_STATE for one already
     *     answered, or what a command throws when the session is over or given up
     */
    public void respond(Object output) {
        session().respond(this, output);
    }

    /** Answers the call with an error, which the model is told. Throws as {@link #respond}. */
    public void respondError(String message) {
        session().respondError(this, message);
    }
'''),
    "tool_calls_cancelled": (["java.util.List"], [], '''
    /** The ids as a list. */
    public List<String> callIds() {
        return Json.texts(calls);
    }
'''),
    "error": (["dev.gemlive.Status"], ["Status status = Status.of(event.code())"], '''
    /** The code as a value to compare with. */
    public Status status() {
        return status;
    }
'''),
    "closed": (["dev.gemlive.Status"], ["Status status = Status.of(event.code())"], '''
    /** The code as a value to compare with: {@link Status#OK} when the session was asked to finish. */
    public Status status() {
        return status;
    }
'''),
}


def class_name(event):
    return CLASSES.get(event.name, pascal(event.name))


def accessor(field):
    return KEYWORDS.get(field.name, camel(field.name))


def is_optional(field):
    """An id says by 0 that there is none, a flag by false."""
    return field.optional and field.type not in ("id", "bool")


def reading(field):
    if field.type == "id":
        return f"event.{field.name}()"
    optional = "optional" + READERS[field.type].capitalize() if is_optional(field) else READERS[field.type]
    return f"event.{optional}(FieldNames.{field.name.upper()})"


def field_doc(field):
    about = field.about.replace("`", "")
    if field.type == "json":
        about += " JSON text."
    if field.type == "id":
        about += " From 1; 0: none." if field.optional else " From 1."
    elif is_optional(field):
        about += " Empty: unknown, or there is none."
    if field.name.endswith("_ms") and field.type == "int":
        about += " In milliseconds."
    return about


def event_file(event):
    imports, members, methods = EXTRAS.get(event.name, ([], [], ""))
    optionals = {OPTIONALS[field.type].split("<")[0] for field in event.fields if is_optional(field)}
    imports = sorted({f"java.util.{name}" for name in optionals} | set(imports) | {"dev.gemlive.internal.NativeEvent"}
                     | ({"dev.gemlive.internal.Json"} if "Json." in methods else set()))
    lines = [f"// {NOTICE}", "package dev.gemlive.event;", ""] + [f"import {name};" for name in imports]
    lines += ["", f"/** {event.about.replace('`', '')} */", f"public final class {class_name(event)} extends LiveEvent {{"]
    for field in event.fields:
        lines.append(f"    private final {TYPES[field.type]} {accessor(field)};")
    for member in members:
        lines.append(f"    private final {member.split(' = ')[0]};")
    lines += ["", f"    {class_name(event)}(NativeEvent event) {{", "        super(event);"]
    for field in event.fields:
        lines.append(f"        {accessor(field)} = {reading(field)};")
    for member in members:
        lines.append(f"        {member.split(' ', 1)[1]};")
    lines += ["    }", "", "    @Override", "    public String type() {", f"        return \"{event.name}\";", "    }"]
    for field in event.fields:
        name = accessor(field)
        lines += ["", f"    /** {field_doc(field)} */"]
        if is_optional(field):
            lines += [f"    public {OPTIONALS[field.type]} {name}() {{", f"        return optional({name});", "    }"]
        else:
            lines += [f"    public {TYPES[field.type]} {name}() {{", f"        return {name};", "    }"]
    return "\n".join(lines) + "\n" + methods + "}\n"


def names_file():
    names = sorted({field.name for event in events() for field in event.fields if field.type != "id"})
    lines = [f"// {NOTICE}", "package dev.gemlive.event;", "", "import dev.gemlive.internal.Utf8;", "",
             "/** The names of fields, as C reads them. */", "final class FieldNames {"]
    lines += [f"    static final byte[] {name.upper()} = Utf8.encode(\"{name}\");" for name in names]
    return "\n".join(lines + ["", "    private FieldNames() {}", "}", ""])


def makers_file():
    lines = [f"// {NOTICE}", "package dev.gemlive.event;", "", "import dev.gemlive.internal.NativeConstants;",
             "import dev.gemlive.internal.NativeEvent;", "", "/** The class for each type of event. */",
             "final class EventMakers {", "    static LiveEvent make(NativeEvent event) {", "        switch (event.type()) {"]
    for event in events():
        lines += [f"            case NativeConstants.GEMLIVE_EVENT_{event.name.upper()}:",
                  f"                return new {class_name(event)}(event);"]
    lines += ["            default:", "                return new UnknownEvent(event);", "        }", "    }", "",
              "    private EventMakers() {}", "}", ""]
    return "\n".join(lines)


def listener_file():
    lines = [f"// {NOTICE}", "package dev.gemlive;", "",
             "import dev.gemlive.event.LiveEvent;", "import dev.gemlive.event.UnknownEvent;"]
    lines += [f"import dev.gemlive.event.{class_name(event)};" for event in events()]
    lines += ["", "/**",
              " * Gets the events of a session, one at a time and in order, on the executor that the session was started with.",
              " * For each event {@link #onEvent} is called first, then the method of its class. What a method throws goes to the",
              " * thread's uncaught exception handler; the next event comes all the same.",
              " */", "public interface LiveListener {",
              "    /** Every event, before the method of its class. */", "    default void onEvent(LiveEvent event) {}"]
    for event in events():
        lines += ["", f"    /** {event.about.replace('`', '')} */",
                  f"    default void on{pascal(event.name)}({class_name(event)} event) {{}}"]
    lines += ["", "    /** An event that is newer than this library. */", "    default void onUnknown(UnknownEvent event) {}", "}", ""]
    return "\n".join(sorted_imports(lines))


def calls_file():
    lines = [f"// {NOTICE}", "package dev.gemlive;", "",
             "import dev.gemlive.event.LiveEvent;", "import dev.gemlive.event.UnknownEvent;"]
    lines += [f"import dev.gemlive.event.{class_name(event)};" for event in events()]
    lines += ["", "/** Finds the listener's method for an event. */", "final class ListenerCalls {",
              "    static void call(LiveListener listener, LiveEvent event) {", "        switch (event.type()) {"]
    for event in events():
        lines += [f"            case \"{event.name}\":",
                  f"                listener.on{pascal(event.name)}(({class_name(event)}) event);", "                break;"]
    lines += ["            default:", "                listener.onUnknown((UnknownEvent) event);", "                break;",
              "        }", "    }", "", "    private ListenerCalls() {}", "}", ""]
    return "\n".join(sorted_imports(lines))


def sorted_imports(lines):
    imports = sorted(line for line in lines if line.startswith("import "))
    first = next(number for number, line in enumerate(lines) if line.startswith("import "))
    return lines[:first] + imports + lines[first + len(imports):]


def files():
    found = {f"event/{class_name(event)}.java": event_file(event) for event in events()}
    found["event/FieldNames.java"] = names_file()
    found["event/EventMakers.java"] = makers_file()
    found["LiveListener.java"] = listener_file()
    found["ListenerCalls.java"] = calls_file()
    return found
