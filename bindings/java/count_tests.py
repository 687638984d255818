"""Adds up what Surefire and the Python tests say: prints failures, then the line that test.sh ends with."""

import json
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

# What -Xcheck:jni says.
JNI_COMPLAINT = r".*(?:WARNING|FATAL ERROR) in native method.*"


def main():
    maven_code, reports, python_logs = int(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]]
    passed = failed = skipped = 0
    for report in sorted(reports.glob("TEST-*.xml")):
        suite = xml.parse(report).getroot()
        wrong = int(suite.get("failures")) + int(suite.get("errors"))
        failed += wrong
        skipped += int(suite.get("skipped"))
        passed += int(suite.get("tests")) - wrong - int(suite.get("skipped"))
        # -Xcheck:jni writes to the output of the tests' process.
        outputs = "\n".join(element.text or "" for element in suite.iter() if element.tag in ("system-out", "system-err"))
        for line in re.findall(JNI_COMPLAINT, outputs):
            print(f"{suite.get('name')}: {line}")
            failed += 1
    # What native code prints goes past Surefire's own streams; it keeps that aside.
    for dump in sorted(reports.glob("*.dumpstream")):
        for line in re.findall(JNI_COMPLAINT, dump.read_text(errors="replace")):
            print(f"{dump.name}: {line}")
            failed += 1
    if maven_code and not failed:
        print("Maven failed without a test that did")
        failed += 1
    for log in python_logs:
        text = log.read_text()
        try:
            counts = json.loads(text.splitlines()[-1])
        except (IndexError, ValueError):
            print(f"{log.name}:\n{text}")
            failed += 1
            continue
        passed += counts["passed"]
        skipped += len(counts["skipped"])
        for name, problem in counts["failures"]:
            print(f"FAILED {name}\n{problem}")
            failed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
