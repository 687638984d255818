"""Java: SWIG's output, and the classes that follow the tables. Written by hand is all that has a decision in it."""

import subprocess
import tempfile
from pathlib import Path

from . import java_events, java_lines
from .api import NOTICE, ROOT, camel, enums, options

JAVA = "bindings/java/generated/java/dev/gemlive"
C = "bindings/java/generated/c"
FOLDERS = ("bindings/java/generated", java_lines.FOLDER)

# What each Java enum is for, and the C enum it follows.
ENUMS = {
    "Status": ("gemlive_status_code", "How a call, an error or a session ended: what to do about it.", {
        "GEMLIVE_OK": "Success.",
        "GEMLIVE_ERROR_INVALID_ARGUMENT": "The message names the argument and what is allowed.",
        "GEMLIVE_ERROR_INVALID_HANDLE": "The object was given up with close().",
        "GEMLIVE_ERROR_INVALID_STATE": "The right call at the wrong moment.",
        "GEMLIVE_ERROR_TOO_SMALL": "A buffer was too small; not met in Java.",
        "GEMLIVE_ERROR_WOULD_BLOCK": "A bounded queue is full: try again later.",
        "GEMLIVE_ERROR_TIMEOUT": "The time was over.",
        "GEMLIVE_ERROR_CLOSED": "The session is closing, or over as was asked for.",
        "GEMLIVE_ERROR_CANCELLED": "The wait was ended from outside, or the session was given up meanwhile.",
        "GEMLIVE_ERROR_WOULD_DEADLOCK": "A waiting call where none may wait.",
        "GEMLIVE_ERROR_NETWORK": "The server cannot be reached, or the connection was lost.",
        "GEMLIVE_ERROR_TLS": "The server is not trusted.",
        "GEMLIVE_ERROR_AUTH": "The key or token is missing, wrong or expired.",
        "GEMLIVE_ERROR_QUOTA": "Too much was asked for.",
        "GEMLIVE_ERROR_PROTOCOL": "The server refused a message, or said what is not the protocol.",
        "GEMLIVE_ERROR_UNSUPPORTED": "By this version, this model, or this service.",
        "GEMLIVE_ERROR_OUT_OF_MEMORY": "There is no memory.",
        "GEMLIVE_ERROR_INTERNAL": "A mistake of this library, or a status newer than this class.",
    }),
    "SessionState": ("gemlive_session_state_code", "Where a session stands.", {
        "GEMLIVE_SESSION_CONNECTING": "It dials, the first time or again.",
        "GEMLIVE_SESSION_CONNECTED": "The conversation is on.",
        "GEMLIVE_SESSION_CLOSING": "It was asked to finish.",
        "GEMLIVE_SESSION_CLOSED": "It is over, or was given up.",
    }),
    "ObjectKind": ("gemlive_object_kind", "What can be counted: for tests that look for leaks.", {
        "GEMLIVE_OBJECT_OPTIONS": "Native options; they live while a model or session is made.",
        "GEMLIVE_OBJECT_MODEL": "Models.",
        "GEMLIVE_OBJECT_SESSION": "Sessions.",
        "GEMLIVE_OBJECT_EVENT": "Native events; they live while an event object is made.",
    }),
}
PREFIXES = {"Status": "GEMLIVE_ERROR_", "SessionState": "GEMLIVE_SESSION_", "ObjectKind": "GEMLIVE_OBJECT_"}
# What a number that this version does not know is taken for.
UNKNOWN = {"Status": "INTERNAL", "SessionState": "CLOSED"}


def doc(text, indent=""):
    return f"{indent}/** {text} */"


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("*/", "*&#47;")


def enum_file(name):
    c_name, about, abouts = ENUMS[name]
    members = next(enum.members for enum in enums() if enum.name == c_name)
    rows = []
    for member, number in members:
        short = member.removeprefix("GEMLIVE_") if member == "GEMLIVE_OK" else member.removeprefix(PREFIXES[name])
        rows.append(f"{doc(abouts[member], '    ')}\n    {short}({number}, \"{member}\")")
    lines = [f"// {NOTICE}", "package dev.gemlive;", "", doc(about), f"public enum {name} {{", ",\n".join(rows) + ";", "",
             "    private final int number;", "    private final String word;", "",
             f"    {name}(int number, String word) {{", "        this.number = number;", "        this.word = word;",
             "    }", "",
             doc("The number in the C API.", "    "), "    public int number() {", "        return number;", "    }", "",
             doc("The name in the C API, as in events and logs.", "    "), "    public String word() {",
             "        return word;", "    }"]
    if name in UNKNOWN:
        lines += ["", doc(f"The member of that number; {UNKNOWN[name]} for a number that this version does not know.", "    "),
                  f"    public static {name} of(int number) {{", f"        for ({name} member : values()) {{",
                  "            if (member.number == number) {", "                return member;", "            }",
                  "        }", f"        return {UNKNOWN[name]};", "    }"]
    return "\n".join(lines + ["}", ""])


OPTION_PARAMETERS = {"text": ("String value", "text"), "int": ("long value", "integer"), "double": ("double value", "number"),
                     "bool": ("boolean value", "bool"), "json": ("String json", "json")}


def option_doc(option):
    lines = [escaped(option.about).rstrip(".") + "."]
    lines.append({"text": "A text", "int": "A whole number", "double": "A number", "bool": "true or false",
                  "json": "JSON text"}[option.type]
                 + ("" if option.allowed == "any" else ": " + escaped(option.allowed).replace("`", "")) + ".")
    default = option.default.strip("`")
    lines.append("Not set by default." if default == "–" else f"Default: {escaped(default)}.")
    lines.append(f"Takes effect {option.effect}." + (" Never shown." if option.secret else ""))
    if option.type in ("text", "json"):
        lines.append("null: not set.")
    return lines


def options_file():
    lines = [f"// {NOTICE}", "package dev.gemlive;", "",
             "/** A setter for every option of docs/options.md. What is wrong with a value is said when it is used. */",
             "abstract class OptionSetters<B extends OptionSetters<B>> {", "    abstract B text(String name, String value);",
             "", "    abstract B integer(String name, long value);", "", "    abstract B number(String name, double value);", "",
             "    abstract B bool(String name, boolean value);", "", "    abstract B json(String name, String json);"]
    for option in options():
        parameter, kind = OPTION_PARAMETERS[option.type]
        lines += ["", "    /**"] + [f"     * {line}" for line in option_doc(option)] + ["     */",
                  f"    public B {camel(option.name)}({parameter}) {{",
                  f"        return {kind}(\"{option.name}\", {parameter.split()[1]});", "    }"]
    lines += ["", "    static boolean isSecret(String name) {",
              "        switch (name) {"]
    lines += [f"            case \"{option.name}\":" for option in options() if option.secret]
    lines += ["                return true;", "            default:", "                return false;", "        }", "    }", "}", ""]
    return "\n".join(lines)


def swig_files():
    """Without the paths of this machine: SWIG works in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["swig", "-Wall", "-java", "-module", "Native", "-package", "dev.gemlive.internal",
                               f"-I{ROOT / 'bindings' / 'swig'}", "-outdir", folder, "-o", f"{folder}/gemlive_wrap.c",
                               str(ROOT / "bindings" / "swig" / "gemlive.i")], capture_output=True, text=True)
        if done.returncode or done.stdout or done.stderr:
            raise SystemExit(f"swig -java:\n{done.stdout}{done.stderr}")
        files = {}
        for path in sorted(Path(folder).iterdir()):
            target = f"{C}/{path.name}" if path.suffix == ".c" else f"{JAVA}/internal/{path.name}"
            files[target] = path.read_text()
    return files


def files():
    found = swig_files()
    for name in ENUMS:
        found[f"{JAVA}/{name}.java"] = enum_file(name)
    found[f"{JAVA}/OptionSetters.java"] = options_file()
    found.update({f"{JAVA}/{name}": text for name, text in java_events.files().items()})
    found.update(java_lines.files())
    return found
