#!/usr/bin/env python3
"""Writes misuse_calls.c: for every public function one call per argument that can be wrong, and what it must answer."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from public_headers import functions  # noqa: E402

HEADER = """/* Written by make_misuse_calls.py. */
#include "misuse.h"
#include <string.h>

int misuse_released;

static void GEMLIVE_CALL on_event(const gemlive_event *event, void *user_data) { (void)event; (void)user_data; }
static void GEMLIVE_CALL on_wakeup(void *user_data) { (void)user_data; }
static void GEMLIVE_CALL on_release(void *user_data) { (void)user_data; ++misuse_released; }
"""

VALUES = {"sample_rate": "16000", "channels": "1", "frames": "4", "capacity": "16", "size": "4",
          "timeout_ms": "0", "max_events": "0", "index": "0", "value": "1", "length": "4", "absent": "0",
          "on": "0", "format": "1", "plane_count": "1", "turn": "1", "heard_ms": "0"}
TEXTS = {"json": '"{}"', "output_json": '"{}"', "mime_type": '"image/jpeg"', "name": '"voice"', "text": '"hello"'}


class Call:
    """The C text of one call."""

    def __init__(self, function, wrong, null):
        self.function, self.wrong, self.null = function, wrong, null
        self.locals, self.arguments, self.after = [], [], []
        for parameter in function.parameters:
            self.arguments.append(self.argument(parameter))

    def argument(self, parameter):
        if parameter is self.wrong:
            return "NULL" if self.null else f"({parameter.type})bad"
        name, type_ = parameter.name, parameter.type
        if parameter.is_handle:
            return "good->" + re.search(r"gemlive_(\w+) \*", type_)[1]
        if type_.endswith("**"):
            self.local(f"{type_[:-1]}{name} = ({type_[:-1]})&{name};", f"{name} != NULL", f"*{name} is not NULL")
            return "&" + name
        if type_ in ("size_t *", "uint64_t *"):
            self.local(f"{type_[:-2]} {name} = 99;", f"{name} != 0", f"*{name} is not 0")
            return "&" + name
        if type_ in ("int16_t *", "float *"):
            self.local(f"{type_[:-2]} {name}[4] = {{1, 1, 1, 1}};",
                       f"{name}[0] != 0 || {name}[1] != 0 || {name}[2] != 0 || {name}[3] != 0",
                       f"{name} is not silent")
            return name
        if type_ in ("const int16_t *", "const float *", "const uint8_t *"):
            self.locals.append(f"static {type_[:-2]} {name}[4] = {{0}};")
            return name
        if type_ == "const gemlive_video_frame *":
            self.locals += [f"static const uint8_t pixels[4] = {{0}}; gemlive_video_frame {name};",
                            f"memset(&{name}, 0, sizeof {name}); {name}.struct_size = sizeof {name}; {name}.format = 1;",
                            f"{name}.width = {name}.height = 1; {name}.planes[0] = pixels;"]
            return "&" + name
        if type_ == "const void *const *":
            self.locals.append(f"static const int16_t sample[4] = {{0}}; const void *{name}[1]; {name}[0] = sample;")
            return name
        if type_ == "char *":
            self.locals.append(f"char {name}[16];")
            return name
        if type_ == "const char *":
            return TEXTS.get(name, '"text"')
        if type_ == "void *":
            return "NULL"
        callbacks = {"gemlive_event_callback": "on_event", "gemlive_wakeup_callback": "on_wakeup",
                     "gemlive_release_callback": "on_release"}
        return callbacks.get(type_) or VALUES[name]

    def give_back(self):
        """Destroys what a call that may succeed has made."""
        for parameter in self.function.parameters:
            if parameter.type.endswith("**") and parameter is not self.wrong:
                verb = "release" if "event" in parameter.type else "destroy"
                return f"if (result == GEMLIVE_OK) {parameter.type[:-3]}_{verb}({parameter.name});"
        return "(void)result;"

    def local(self, text, unset, message):
        self.locals.append(text)
        self.after.append((unset, message))

    def has_release(self):
        return any(parameter.type == "gemlive_release_callback" for parameter in self.function.parameters)

    def text(self, name, expectation):
        lines = [f"static const char *{name}(const struct misuse_handles *good, void *bad)", "{"]
        lines += [f"    {local}" for local in self.locals]
        call = f"{self.function.name}({', '.join(self.arguments)})"
        void = self.function.returns == "void"
        result = self.function.returns + ("" if self.function.returns.endswith("*") else " ")
        lines.append("    (void)good; (void)bad;")
        lines.append(f"    {call};" if void else f"    {{ {result}result = {call};")
        if expectation and not void:
            lines.append(f"    if (!({expectation})) return \"does not answer with {expectation.replace(chr(34), chr(39))}\"; }}")
        elif not void:
            lines.append(f"    {self.give_back()} }}")
        if expectation:
            lines += [f"    if ({unset}) return \"{message} after the failure\";" for unset, message in self.after]
            if self.has_release():
                lines.append('    if (misuse_released != 1) return "did not release user_data exactly once";')
        lines += ["    return NULL;", "}", ""]
        return "\n".join(lines)


def expectation_for_handle(function):
    if function.returns == "gemlive_status":
        return "result == GEMLIVE_ERROR_INVALID_HANDLE"
    if function.name.endswith("_wait_handle"):
        return "result == -1"
    if function.name == "gemlive_event_heard_ms":
        return "result == -1 || result == 0"
    if function.returns == "const char *":
        return 'result != NULL && strcmp(result, "") == 0'
    if function.returns.endswith("*"):
        return "result == NULL"
    return "result == 0"


def null_is_fine(function, parameter):
    """Does the comment allow NULL for this pointer?"""
    said = " ".join(text for text in function.tags().get("param", []) if text.split()[:1] == [parameter.name])
    if "NULL" in said or parameter.type in ("void *", "gemlive_release_callback", "size_t *", "uint64_t *", "char *"):
        return True
    if function.name.startswith("gemlive_options_set_") and len(function.parameters) == 2:
        return True  # a named setter, as gemlive_options_set_string: not set
    return parameter.type.startswith("const") and "char" not in parameter.type and "video_frame" not in parameter.type


def main():
    texts, rows = [], []
    for function in functions():
        for number, parameter in enumerate(function.parameters):
            name = f"call_{function.name}_{number}"
            if parameter.is_handle:
                kind = re.search(r"gemlive_(\w+) \*", parameter.type)[1]
                fine = parameter.name == "options" and function.name.endswith(("_create", "_create_with_callback"))
                texts.append(Call(function, parameter, False).text(name, expectation_for_handle(function)))
                rows.append(f'{{"{function.name}", "{parameter.name}", {name}, "{kind}", {int(fine)}}}')
            elif (parameter.is_pointer or parameter.type.endswith("_callback")) and function.returns == "gemlive_status":
                # Where NULL is not a right value it is refused; a session that ended without a key may say that first.
                wrong = None if null_is_fine(function, parameter) or parameter.type == "gemlive_wakeup_callback" else \
                    "result == GEMLIVE_ERROR_INVALID_ARGUMENT || result == GEMLIVE_ERROR_AUTH"
                texts.append(Call(function, parameter, True).text(name, wrong))
                rows.append(f'{{"{function.name}", "{parameter.name} is NULL", {name}, NULL, 1}}')
    rows_text = ",\n    ".join(rows)
    Path(sys.argv[1]).write_text(
        HEADER + "\n" + "\n".join(texts) + f"\nconst struct misuse_call misuse_calls[] = {{\n    {rows_text}\n}};\n"
        "const size_t misuse_call_count = sizeof misuse_calls / sizeof misuse_calls[0];\n")


if __name__ == "__main__":
    main()
