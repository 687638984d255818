#!/bin/sh
# Holds a spoken conversation through the C library, or through a binding of it: against the emulator on this machine, or
# with the real service.
set -eu

usage()
{
    cat <<'END'
usage: examples/demo.sh [--language c|java|csharp|go] [--service | --mic]

Installs what is missing, builds, and holds a spoken conversation: the user's speech goes in at real time, a tool is
called and answered, the reply comes back as audio. Shows it as it happens, prints the latencies, and leaves a stereo
WAV: left the user, right the model.

  --language  in which the program is written; c, which is gemlive-talk, unless given
  --service   talk to the Gemini Live API; takes the key from GOOGLE_API_KEY
  --mic       (later) use the sound card
END
}

fail()
{
    echo "demo.sh: $1" >&2
    exit "${2:-1}"
}

service=
language=c
while [ $# -gt 0 ]; do
    case $1 in
    --language)
        [ $# -ge 2 ] || fail "--language needs one of c, java, csharp, go" 2
        shift
        case $1 in
        c | java | csharp | go) language=$1 ;;
        *) fail "--language $1: there are c, java, csharp and go" 2 ;;
        esac
        ;;
    --service) service=yes ;;
    --mic) fail "--mic: sound devices come later; without it the user's speech is made by Flite" 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
    shift
done
if [ -n "$service" ] && [ -z "${GOOGLE_API_KEY:-}" ]; then
    fail "--service needs the key of the Gemini API in GOOGLE_API_KEY" 2
fi

cd "$(dirname "$0")/.."
bin=build/release/bin
work=build/demo
[ "$language" = c ] || work=build/demo/$language
mkdir -p "$work"

# Says nothing when all went well, and everything when not.
quietly()
{
    what=$1
    shift
    if ! "$@" >"$work/build.log" 2>&1; then
        tail -n 60 "$work/build.log" >&2
        fail "$what failed; the whole log is in $work/build.log"
    fi
}

targets="gemlive gemlive-talk gemlive-say"
[ -n "$service" ] || targets="$targets gemlive-emulator"
needs=build
[ "$language" = c ] || needs="build $language"
# shellcheck disable=SC2086 # one word a set
scripts/setup.sh $needs
quietly "configuring" cmake --preset release
# shellcheck disable=SC2086 # one word a target
quietly "building" cmake --build --preset release --target $targets
[ "$language" = c ] || quietly "building the $language binding" "bindings/$language/build.sh"

# A microphone hears silence after the words too: that is how the end of speech is found.
$bin/gemlive-say --before 300 --after 1500 "Hello! What is the weather like in Paris today?" "$work/question.wav"
$bin/gemlive-say --before 300 --after 1500 "Thank you very much. That is all I wanted to know." "$work/thanks.wav"

cat >"$work/tools.json" <<'END'
[{"functionDeclarations": [{
  "name": "get_weather",
  "description": "The present weather of a city.",
  "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}, "required": ["city"]}
}]}]
END
cat >"$work/script.jsonl" <<END
{"do": "push_audio", "file": "$work/question.wav"}
{"do": "wait", "event": {"event": "tool_call", "name": "get_weather"}, "timeout_ms": 30000}
{"do": "tool_response", "call": "last", "output": {"celsius": 21, "sky": "sunny"}}
{"do": "wait", "event": {"event": "playout_finished"}, "timeout_ms": 40000}
{"do": "push_audio", "file": "$work/thanks.wav"}
{"do": "wait", "event": {"event": "turn_started"}, "timeout_ms": 30000}
{"do": "close", "drain": true, "timeout_ms": 30000}
END

emulator=
clean_up()
{
    if [ -n "$emulator" ]; then
        kill "$emulator" 2>/dev/null || true
        wait "$emulator" 2>/dev/null || true
    fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

set --
if [ -z "$service" ]; then
    # The emulator hears when somebody speaks; what was said, and what to answer, it takes from here.
    cat >"$work/scenario.json" <<'END'
{
  "about": "The server's side of the demo.",
  "server": [
    {"on": "speech_ended",
     "do": [{"transcribe": "Hello! What is the weather like in Paris today?"},
            {"call": {"name": "get_weather", "args": {"city": "Paris"}}}]},
    {"on": "tool_response",
     "do": [{"say": "Hello! In Paris it is sunny today, with twenty one degrees. You can leave your coat at home."}]},
    {"on": "speech_ended",
     "do": [{"transcribe": "Thank you very much. That is all I wanted to know."},
            {"say": "You are welcome. Have a lovely day."}]}
  ]
}
END
    : >"$work/listening.json"
    $bin/gemlive-emulator --tls --ca-out "$work/ca.pem" --scenario "$work/scenario.json" \
        >"$work/listening.json" 2>"$work/emulator.log" &
    emulator=$!
    tries=0
    while [ ! -s "$work/listening.json" ]; do
        tries=$((tries + 1))
        if ! kill -0 "$emulator" 2>/dev/null || [ "$tries" -gt 200 ]; then
            cat "$work/emulator.log" >&2
            fail "the emulator did not start"
        fi
        sleep 0.05
    done
    url=$(sed -n 's/.*"listening": *"\([^"]*\)".*/\1/p' "$work/listening.json")
    set -- --url "$url" --ca-file "$work/ca.pem" --api-key demo-key
    echo "The emulator listens on $url. Nothing leaves this machine."
fi

set -- "$@" --instructions "You are a friendly guide. Be brief. Use your tools." --record "$work/conversation.wav"
code=0
if [ "$language" = c ]; then
    program=gemlive-talk
    $bin/gemlive-talk "$@" --tools "$work/tools.json" --script "$work/script.jsonl" --timeout 120 || code=$?
else
    program=build/$language/bin/demo
    "$program" "$@" --question "$work/question.wav" --thanks "$work/thanks.wav" || code=$?
fi
if [ "$code" -ne 0 ]; then
    [ -n "$service" ] || sed 's/^/  /' "$work/emulator.log" >&2
    fail "the conversation failed, $program ended with code $code" "$code"
fi
echo "Both sides are in $work/conversation.wav: left the user, right the model."
