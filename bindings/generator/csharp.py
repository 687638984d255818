"""C#: SWIG's flat layer, and the classes that follow from the tables: events, options, enums."""

import re
import subprocess
import tempfile
from xml.sax.saxutils import escape

from .api import NOTICE, ROOT, enums, events, options, pascal

FOLDERS = ("bindings/csharp/generated", "tests/bindings/csharp/generated")
CODE = "bindings/csharp/generated"
TESTS = "tests/bindings/csharp/generated"
HEAD = f"// {NOTICE}\n"

# Of every event: they are read once, by the base class.
IDS = {"connection", "turn", "request", "utterance"}

STATUS_DOCS = {
    "OK": "Success.",
    "INVALID_ARGUMENT": "The message names the argument and what is allowed.",
    "INVALID_HANDLE": "The object was disposed of.",
    "INVALID_STATE": "The right call at the wrong moment.",
    "TOO_SMALL": "A buffer was too small. Never seen by programs in C#.",
    "WOULD_BLOCK": "A bounded queue is full: try again later.",
    "TIMEOUT": "The time was over.",
    "CLOSED": "The session is closing, or over as was asked for.",
    "CANCELLED": "The session was disposed of during the call, or the tool call was cancelled.",
    "WOULD_DEADLOCK": "A waiting call from where waiting could never end.",
    "NETWORK": "The network failed.",
    "TLS": "The server's certificate or the encryption failed.",
    "AUTH": "The key or token is missing, wrong or expired.",
    "QUOTA": "The quota is used up.",
    "PROTOCOL": "The server refused a message, or said what is not the protocol.",
    "UNSUPPORTED": "Not by this version, this model, or this service.",
    "OUT_OF_MEMORY": "Out of memory.",
    "INTERNAL": "A mistake of this library.",
}
STATE_DOCS = {
    "CONNECTING": "Connecting, the first time or again.",
    "CONNECTED": "Connected.",
    "CLOSING": "Finish was called.",
    "CLOSED": "The closed event has been made.",
}
OBJECT_DOCS = {
    "OPTIONS": "Options, for the moment in which a model or session is made from them.",
    "MODEL": "Models.",
    "SESSION": "Sessions.",
    "EVENT": "Events that the library still holds for the program.",
}


def doc(text, indent="    "):
    return f"{indent}/// <summary>{escape(text.replace('`', ''))}</summary>"


def native():
    """SWIG's output; its library name becomes a constant, so that a build can link it in instead."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["swig", "-Wall", "-Werror", "-csharp", "-namespace", "Gemlive.Native", "-dllimport", "gemlive_csharp",
                   "-DSWIG_CSHARP_NO_EXCEPTION_HELPER", "-DSWIG_CSHARP_NO_STRING_HELPER", "-outdir", folder,
                   "-o", f"{folder}/gemlive_csharp.c", "gemlive.i"]
        done = subprocess.run(command, cwd=ROOT / "bindings" / "swig", capture_output=True, text=True)
        if done.returncode or done.stdout or done.stderr:
            raise SystemExit(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
        found = {}
        for name in ("gemlive.cs", "gemlivePINVOKE.cs", "gemlive_csharp.c"):
            with open(f"{folder}/{name}") as file:
                text = file.read().replace('DllImport("gemlive_csharp"', "DllImport(Library.Name")
            found[f"{CODE}/native/{name}"] = re.sub(r"[ \t]+$", "", text, flags=re.M)
        return found


def enum_file():
    by_name = {enum.name: enum for enum in enums()}
    wanted = (
        ("GemliveStatus", "gemlive_status_code", "What became of a call, and what to do about it.",
         lambda name: STATUS_DOCS[name]),
        ("SessionState", "gemlive_session_state_code", "Where a session stands.", lambda name: STATE_DOCS[name]),
        ("LiveObjectKind", "gemlive_object_kind", "What LiveLibrary.LiveObjects can count.",
         lambda name: OBJECT_DOCS[name]),
        ("LiveEventType", "gemlive_event_type_code", "The types of events.",
         lambda name: next(event.about for event in events() if event.name == name.lower())),
    )
    lines = [HEAD, "namespace Gemlive", "{"]
    for number, (name, c_name, about, member_doc) in enumerate(wanted):
        members = by_name[c_name].members
        prefix = re.match(r"GEMLIVE_(EVENT_|SESSION_|OBJECT_)?", members[0][0])[0]
        lines += [""] * (number > 0) + [doc(about), f"    public enum {name}", "    {"]
        for member, value in members:
            word = member.removeprefix(prefix).removeprefix("ERROR_" if name == "GemliveStatus" else "")
            lines += [doc(member_doc(word), " " * 8), f"        {pascal(word.lower())} = {value},"]
        lines.append("    }")
    return "\n".join(lines + ["}", ""])


# How a field is kept and read: type in C#, call of EventReader, what the absence of an optional one is.
READERS = {
    ("text", False): ("string", "Text"), ("text", True): ("string", "OptionalText"),
    ("json", False): ("string", "Text"), ("json", True): ("string", "OptionalText"),
    ("int", False): ("long", "Int"), ("int", True): ("long?", "OptionalInt"),
    ("double", False): ("double", "Double"), ("double", True): ("double?", "OptionalDouble"),
    ("bool", False): ("bool", "Bool"), ("bool", True): ("bool", "Bool"),
}
# What an event has beside the fields of its JSON: {event: [(type, name, reader, doc)]}.
EXTRAS = {
    "audio": [("System.ReadOnlyMemory<short>", "Samples", "reader.Samples()",
               "The samples, interleaved: Frames times Channels.")],
    "media": [("System.ReadOnlyMemory<byte>", "Content", "reader.Content()", "The bytes themselves.")],
    "resumption_updated": [("string", "Handle", "reader.ResumptionHandle()",
                            "Resumes the conversation in another process, by the option SessionResumption; \"\" when "
                            "there is none. Treat it like a password: it is in no JSON.")],
    "tool_calls_cancelled": [("System.Collections.Generic.IReadOnlyList<string>", "CallIds", "reader.CallIds()",
                              "The ids in Calls, one by one.")],
    "error": [("GemliveStatus", "Status", "reader.Status()", "Code, as a value.")],
    "closed": [("GemliveStatus", "Status", "reader.Status()", "Code, as a value.")],
}


def property_name(event, field):
    """A class cannot have a member of its own name: `text` of `text` is its value."""
    name = pascal(field.name)
    return "Value" if name == pascal(event.name) else name


def own_fields(event):
    return [field for field in event.fields if field.name not in IDS]


def event_class(event):
    name = pascal(event.name)
    properties = []
    for field in own_fields(event):
        kind, read = READERS[field.type, field.optional]
        about = field.about + (" As JSON." if field.type == "json" else "") + \
            (" Null when absent." if field.optional and field.type != "bool" else "")
        properties.append((kind, property_name(event, field), f"reader.{read}(Names.{pascal(field.name)})", about))
    properties += EXTRAS.get(event.name, [])
    lines = [doc(event.about), f"    public sealed partial class {name} : LiveEvent", "    {"]
    for kind, prop, _, about in properties:
        lines += [doc(about, " " * 8), f"        public {kind} {prop} {{ get; }}", ""]
    lines += [f"        internal {name}(EventReader reader) : base(reader)", "        {"]
    lines += [f"            {prop} = {read};" for _, prop, read, _ in properties]
    return lines + ["        }", "    }"]


def event_file():
    lines = [HEAD, "namespace Gemlive", "{"]
    for number, event in enumerate(events()):
        lines += [""] * (number > 0) + event_class(event)
    return "\n".join(lines + ["}", ""])


def factory_file():
    names = sorted({field.name for event in events() for field in own_fields(event)})
    lines = [HEAD, "namespace Gemlive", "{", "    // The names of fields, as the library reads them.",
             "    internal static class Names", "    {"]
    for name in names:
        lines.append(f"        public static readonly byte[] {pascal(name)} = Utf8.Terminated(\"{name}\", \"name\");")
    lines += ["    }", "", "    internal static class EventFactory", "    {",
              "        public static LiveEvent Make(EventReader reader)", "        {", "            switch (reader.Type)",
              "            {"]
    for event in events():
        lines.append(f"            case LiveEventType.{pascal(event.name)}: return new {pascal(event.name)}(reader);")
    lines += ["            default: return new UnknownEvent(reader);", "            }", "        }", "    }", "}", ""]
    return "\n".join(lines)


OPTION_TYPES = {"text": ("string", "Text"), "int": ("long?", "Int"), "double": ("double?", "Double"),
                "bool": ("bool?", "Bool"), "json": ("string", "Json")}


def option_lines(option):
    # The property Tools is the list of LiveTool; the raw form has a name of its own.
    name = "ToolsJson" if option.name == "tools" else pascal(option.name)
    kind, access = OPTION_TYPES[option.type]
    about = option.about.rstrip(".") + "."
    if option.type == "json":
        about += " As JSON text."
    details = []
    if option.allowed not in ("any", "–"):
        details.append(f"Range: {option.allowed.replace('`', '')}.")
    if option.default != "–":
        details.append(f"Default: {option.default.strip('`')}.")
    details.append(f"Takes effect {option.effect.replace('new sessions', 'in new sessions')}.")
    if option.secret:
        details.append("Secret: it is never shown.")
    return ["", doc(about, " " * 8), f"        /// <remarks>{escape(' '.join(details))}</remarks>",
            f"        public {kind} {name}", "        {",
            f"            get {{ return Get{access}(\"{option.name}\"); }}",
            f"            set {{ Set{access}(\"{option.name}\", value); }}", "        }"]


def option_file():
    lines = [HEAD, "namespace Gemlive", "{", "    public sealed partial class LiveOptions", "    {"]
    body = [line for option in options() for line in option_lines(option)]
    return "\n".join(lines + body[1:] + ["    }", "}", ""])


def line_file():
    """For the scenario runner: an event's line from what the typed class says, to be compared with the library's own."""
    lines = [HEAD, "using Gemlive;", "", "internal static class EventLines", "{",
             "    // Writes what the class has under the name of the field; false when it has no such field.",
             "    public static bool Write(LiveEvent e, string field, LineWriter line)", "    {",
             "        switch (e.Type)", "        {"]
    for event in events():
        if own_fields(event):
            name = pascal(event.name)
            lines.append(f"        case LiveEventType.{name}: return Write(({name})e, field, line);")
    lines += ["        default: return false;", "        }", "    }", "",
              "    // Its word in the vocabulary; null for one that this version does not know.",
              "    public static string Word(LiveEvent e)", "    {", "        switch (e.Type)", "        {"]
    lines += [f"        case LiveEventType.{pascal(event.name)}: return \"{event.name}\";" for event in events()]
    lines += ["        default: return null;", "        }", "    }", "",
              "    // The fields that the class has, beside those of every event.",
              "    public static string[] Fields(LiveEvent e)", "    {", "        switch (e.Type)", "        {"]
    for event in events():
        if own_fields(event):
            names = ", ".join(f'"{field.name}"' for field in own_fields(event))
            lines.append(f"        case LiveEventType.{pascal(event.name)}: return new[] {{ {names} }};")
    lines += ["        default: return new string[0];", "        }", "    }"]
    for event in events():
        if own_fields(event):
            lines += ["", f"    private static bool Write({pascal(event.name)} e, string field, LineWriter line)", "    {",
                      "        switch (field)", "        {"]
            for field in own_fields(event):
                value = f"e.{property_name(event, field)}"
                present = f"{value} && " if field.type == "bool" and field.optional else ""
                lines.append(f"        case \"{field.name}\": return {present}line.Put{pascal(field.type)}({value});")
            lines += ["        default: return false;", "        }", "    }"]
    return "\n".join(lines + ["}", ""])


def files():
    return {
        **native(),
        f"{CODE}/Enums.cs": enum_file(),
        f"{CODE}/Events.cs": event_file(),
        f"{CODE}/EventFactory.cs": factory_file(),
        f"{CODE}/LiveOptions.Properties.cs": option_file(),
        f"{TESTS}/EventLines.cs": line_file(),
    }
