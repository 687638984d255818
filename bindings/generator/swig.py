"""bindings/swig/declarations.i: the headers' enums and functions, without what only a C compiler reads."""

from .api import NOTICE, enums, functions

# Callbacks come from foreign threads and carry C pointers: the bindings take events from the queue instead. Structs and arrays of
# addresses have a form of their own (video.i, samples.i).
UNBOUND_TYPES = ("gemlive_event_callback", "gemlive_wakeup_callback", "gemlive_release_callback", "const gemlive_video_frame *",
                 "const void *const *")
TYPES = ("options", "model", "session", "event")


def is_bound(function):
    types = [parameter.type for parameter in function.parameters]
    return not any(type_ in UNBOUND_TYPES for type_ in types) and "void *" not in types + [function.returns]


def declaration(function):
    parameters = ", ".join(f"{p.type}{'' if p.type.endswith('*') else ' '}{p.name}" for p in function.parameters)
    returns = function.returns
    return f"{returns}{'' if returns.endswith('*') else ' '}{function.name}({parameters or 'void'});"


def files():
    lines = [f"/* {NOTICE} */", ""]
    lines += [f"typedef struct gemlive_{name} gemlive_{name};" for name in TYPES]
    lines += ["typedef int32_t gemlive_status;", ""]
    for enum in enums():
        lines += [f"%constant int32_t {name} = {value};" for name, value in enum.members]
    lines.append("")
    lines += [declaration(function) for function in functions() if is_bound(function)]
    return {"bindings/swig/declarations.i": "\n".join(lines) + "\n"}
