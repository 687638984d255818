#!/usr/bin/env python3
"""What a conversation costs: the library beside a bare client (epoll, OpenSSL, simdutf, libsoxr), against one paced
server, all in one run. Ratios count: the machine's speed drifts.

    tests/bench/live_bench.py [--build-dir build/release] [--seconds 20] [--many 1000]

Its programs are built where libsoxr is installed (libsoxr-dev). Prints a table; a figure that misses its target is named
below it. Nothing is asserted.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DEADLINE_S = 120


class Server:
    def __init__(self, programs, folder):
        self.certificate, key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        self.process = subprocess.Popen([programs / "live_bench_server", self.certificate, key], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def counted(self):
        self.process.stdin.write("counted\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


class Bench:
    def __init__(self, programs, server):
        self.programs, self.server = programs, server

    def run(self, client, **task):
        self.server.counted()
        command = [self.programs / f"live_bench_{client}", "--port", self.server.port, "--ca-file", self.server.certificate]
        for name, value in task.items():
            command += [f"--{name}", str(value)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE_S)
        if done.returncode != 0:
            sys.exit(f"{client} {task}: ended with {done.returncode}\n{done.stderr}")
        result = json.loads(done.stdout)
        result["send_us"] = self.server.counted()["send_us"]
        return result

    def both(self, **task):
        return {client: self.run(client, **task) for client in ("bare", "library")}


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")


def per_minute(result, sessions):
    return result["cpu_s"] / result["seconds"] * 60 / sessions


class Table:
    def __init__(self):
        self.rows, self.missed = [], []

    def add(self, what, bare, library, target, met, digits=3):
        show = lambda value: "–" if value is None else f"{value:.{digits}f}"
        ratio = "–" if bare in (None, 0) else f"{library / bare:.2f}"
        self.rows.append([what, show(bare), show(library), ratio, target])
        if not met:
            self.missed.append(f"{what}: {show(library)}, target {target}")

    def show(self):
        heads = ["what", "bare client", "library", "ratio", "target"]
        print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
        for row in self.rows:
            print("| " + " | ".join(row) + " |")
        for line in self.missed:
            print(f"missed: {line}")


def conversations(bench, table, seconds, many):
    one = bench.both(sessions=1, seconds=seconds, microphone=48000, say="pace 200")
    costs = {client: per_minute(result, 1) for client, result in one.items()}
    table.add("CPU s a minute, one session, 48 kHz in blocks of 10 ms", costs["bare"], costs["library"], "bare",
              costs["library"] <= costs["bare"])
    rare = bench.both(sessions=1, seconds=seconds, microphone=48000, block=50, say="pace 200")
    costs = {client: per_minute(result, 1) for client, result in rare.items()}
    table.add("the same, blocks of 50 ms", costs["bare"], costs["library"], "bare", costs["library"] <= costs["bare"])

    several = bench.both(sessions=32, seconds=seconds, microphone=48000, say="pace 200")
    costs = {client: per_minute(result, 32) for client, result in several.items()}
    table.add("the same, blocks of 10 ms, one of 32", costs["bare"], costs["library"], "0.8 of bare", costs["library"] <= 0.8 * costs["bare"])
    reading = bench.run("library", sessions=32, seconds=seconds, microphone=48000, speaker=48000, say="pace 200")
    cost = per_minute(reading, 32)
    table.add("the same, read_audio at 48 kHz (beside: without)", costs["library"], cost, "1.3 of without",
              cost <= 1.3 * costs["library"])
    table.add("allocations a message, one of 32", None, several["library"]["allocations"] / max(1, several["library"]["messages"]),
              "1, of the event", several["library"]["allocations"] <= 1.05 * several["library"]["messages"], 2)
    connected = {count: bench.both(sessions=count, seconds=2, say="none") for count in (1, 32)}
    memory = {client: (connected[32][client]["resident_kb"] - connected[1][client]["resident_kb"]) / 31 for client in one}
    table.add("KB, one more session, connected", memory["bare"], memory["library"], "120", memory["library"] <= 120, 0)
    memory = {client: (several[client]["resident_kb"] - one[client]["resident_kb"]) / 31 for client in one}
    table.add("the same in full duplex, with 2 s of sound that may go again", memory["bare"], memory["library"],
              "120 + 64", memory["library"] <= 120 + 64, 0)
    table.add("MB, one session", one["bare"]["resident_kb"] / 1024, one["library"]["resident_kb"] / 1024, "10",
              one["library"]["resident_kb"] <= 10 * 1024, 1)
    if many:
        crowd = bench.run("library", sessions=many, seconds=seconds, microphone=48000, say="pace 200")
        cost = per_minute(crowd, many)  # the bare client's one thread cannot do so much on a machine that is not quiet
        table.add(f"the same, one of {many}", None, cost, "0.030", cost <= 0.03)
        late = percentile(crowd["receive_us"], 0.99) / 1000
        table.add(f"receive p99 ms, one of {many}", None, late, "8", late < 8, 1)


def floods(bench, table):
    for ms, count in ((200, 20000), (40, 60000)):
        results = bench.both(sessions=1, messages=count, say=f"flood {ms} {count}")
        rates = {client: result["messages"] / result["cpu_s"] for client, result in results.items()}
        table.add(f"messages of {ms} ms a CPU second, unpaced", rates["bare"], rates["library"], "0.8 of bare",
                  rates["library"] >= 0.8 * rates["bare"], 0)


def delays(bench, table, seconds):
    results = bench.both(sessions=1, seconds=seconds, microphone=16000, say="pace 40")
    for part, name, target, allowed in ((0.5, "p50", "bare + 60", 60), (0.99, "p99", "–", float("inf"))):
        received = {client: percentile(result["receive_us"], part) for client, result in results.items()}
        table.add(f"receive: sent → held, {name} µs", received["bare"], received["library"], target,
                  received["library"] <= received["bare"] + allowed, 0)
    sent = {client: percentile(result["send_us"], 0.99) / 1000 for client, result in results.items()}
    table.add("send: last sample pushed → received, p99 ms", sent["bare"], sent["library"], "6", sent["library"] < 6, 2)


def idle(bench, table, seconds):
    results = bench.both(sessions=1, seconds=seconds, say="none")
    costs = {client: per_minute(result, 1) for client, result in results.items()}
    table.add("idle: CPU s a minute", costs["bare"], costs["library"], "0.002", costs["library"] <= 0.002, 4)
    waits = {client: result["waits"] / result["seconds"] for client, result in results.items()}
    table.add("idle: waits a second (the bench's own: 1 in bare)", waits["bare"], waits["library"], "0.5", waits["library"] <= 0.5, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "release")
    parser.add_argument("--seconds", type=int, default=20, help="of each conversation")
    parser.add_argument("--many", type=int, default=0, help="sessions of the crowded row; 0: no such row")
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        programs = arguments.build_dir.resolve() / "bench"
        server = Server(programs, Path(folder))
        try:
            bench = Bench(programs, server)
            conversations(bench, table, arguments.seconds, arguments.many)
            floods(bench, table)
            delays(bench, table, arguments.seconds)
            idle(bench, table, arguments.seconds)
        finally:
            server.end()
    table.show()


if __name__ == "__main__":
    main()
