#!/usr/bin/env python3
"""Refuses the coroutine forms that GCC 12 miscompiles without a warning.

The rule: co_await stands alone in its statement. Good are
    co_await f(a, b);    auto x = co_await f(a);    auto [a, b] = co_await f(x);    x = co_await f(a);
    co_return co_await f(a);    if (auto x = co_await f(a); x > 1) {
with arguments that are named, or are temporaries with a constructor. Refused are a condition or an operand that waits,
and ?:, braces or a capturing lambda anywhere in the statement that waits.

    scripts/check_coroutines.py [FILE or FOLDER ...]     (default: src)
"""

import pathlib
import re
import sys

SUFFIXES = {".cpp", ".hpp", ".h", ".cc", ".cxx"}
ALLOWED_BEFORE = re.compile(
    r"|co_return\s+"
    r"|(?:if|switch|for)\s*\(\s*[\w:<>&*\s]*(?:\[[\w\s,]*\])?\s*=\s*"
    r"|[\w:<>,&*.\s\[\]>()-]+?(?<![=!<>+*/%|^&-])=\s*"
)


def without_comments_and_literals(text):
    """The same text with the same length and lines, in which only code is left."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"([^()\\\s]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![\w])\'(?:\\.|[^\'\\\n])+\'',
        re.DOTALL,
    )

    def blank(match):
        return re.sub(r"[^\n]", " " if match[0].startswith(("//", "/*")) else "_", match[0])

    return pattern.sub(blank, text)


def statement_start(code, position):
    """Where the statement around `position` begins: behind the last ; { or } that is not inside closed parentheses."""
    depth = 0
    for i in range(position - 1, -1, -1):
        c = code[i]
        if c in ")]":
            depth += 1
        elif c in "([":
            depth -= 1
        elif c in "{}" or (c == ";" and depth <= 0):
            return i + 1
    return 0


def in_later_clause(code, start):
    """Whether `start` is behind a ; inside the parentheses of for, if, while or switch."""
    if code[start - 1:start] != ";":
        return False
    depth = 0
    for i in range(start - 2, -1, -1):
        c = code[i]
        if c in ")]":
            depth += 1
        elif c in "([":
            depth -= 1
            if depth < 0:
                return True
        elif c in "{}":
            return False
    return False


def statement_end(code, position):
    """The next ; that is not inside parentheses or braces opened after `position`, or the } that cuts it short."""
    depth = 0
    for i in range(position, len(code)):
        c = code[i]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if c == "}" and depth < 0:
                return i
        elif c == ";" and depth <= 0:
            return i
    return len(code)


def without_control_headers(head):
    """The text behind else, a label and complete if (...), for (...), while (...)."""
    while True:
        match = re.match(r"\s*(?:else\b|do\b|(?:public|private|protected|default|case\s+[\w:]+)\s*:(?!:))", head)
        if match:
            head = head[match.end():]
            continue
        match = re.match(r"\s*(?:if|for|while)\s*(?:constexpr\s*)?\(", head)
        if not match:
            return head.lstrip()
        depth = 1
        i = match.end()
        while i < len(head) and depth:
            depth += {"(": 1, ")": -1}.get(head[i], 0)
            i += 1
        if depth:
            return head.lstrip()
        head = head[i:]


def problems(code):
    for match in re.finditer(r"\bco_await\b", code):
        start = statement_start(code, match.start())
        head = without_control_headers(code[start:match.start()])
        end = statement_end(code, match.end())
        tail = code[match.end():end]
        condition = re.match(r"(?:if|while|switch|for)\s*\(", head)
        inside_condition = condition and ")" in tail and not balanced(tail)
        if in_later_clause(code, start) or not ALLOWED_BEFORE.fullmatch(head) or (not condition and not balanced(tail)):
            yield match.start(), "co_await has to be the whole right side of its statement"
        elif inside_condition or code[end:end + 1] != ";":
            yield match.start(), "a condition or a list must not wait: name the result first"
        elif "?" in tail:
            yield match.start(), "?: in a statement that waits: name the choice first"
        elif re.search(r"(?:^|[^\w\s\])])\s*\[\s*[^\]\s][^\]]*\]\s*(?:\(|\{|mutable)", tail):
            yield match.start(), "a capturing lambda in a statement that waits: name it first"
        elif "{" in tail:
            yield match.start(), "braces in a statement that waits: name the object first"


def balanced(text):
    return text.count("(") == text.count(")")


def files(arguments):
    for argument in arguments:
        path = pathlib.Path(argument)
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES)
        elif path.exists():
            yield path
        else:
            sys.exit(f"{path}: no such file or folder")


def main(arguments):
    root = pathlib.Path(__file__).resolve().parent.parent
    bad = 0
    for path in files(arguments or [root / "src"]):
        code = without_comments_and_literals(path.read_text(encoding="utf-8"))
        for position, problem in problems(code):
            line = code.count("\n", 0, position) + 1
            print(f"{path}:{line}: {problem} (GCC 12 miscompiles other forms without a warning)")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
