#include "options.hpp"

namespace gemlive::talk {

std::string help_text()
{
    return R"(gemlive-talk: the console for the Gemini Live API. Pleasant by hand, exact in a script.

  gemlive-talk [options]              type text, see the conversation as it happens
  gemlive-talk --json --script FILE   run commands, one JSON object a line; events and results on stdout

Where to:
  --url URL              a base (wss://127.0.0.1:8443) or a whole URL; default: the service
  --ca-file PEM          trust this CA
  --api-key KEY          default: GOOGLE_API_KEY, then GEMINI_API_KEY
  --token TOKEN          an ephemeral token
  --access-token TOKEN   a Vertex bearer token
  --vertex --project P --location L
  --proxy URL            not in this version

Who with:
  --model M  --voice V  --instructions TEXT  --language L  --modality audio|text
  --tools FILE           a JSON list of the API's Tool
  --setup FILE           a JSON object merged deeply into the setup message
  --load FILE            go on with a session that the command `save` gave
  --option NAME=VALUE    any option of docs/options.md; may be repeated

What is said and heard:
  --in FILE              a WAV file, spoken in real time before the first command
  --out FILE             what the listener hears, silence too, as WAV
  --record FILE          both sides as a stereo WAV: left the user, right the model
  --play-rate HZ         of --out and --record (24000)

How:
  --json                 events and results as JSON lines on stdout, nothing else there
  --script FILE|-        commands from a file or stdin
  --scenario FILE        run a scenario's `client` commands, check its `expect`
  --check LOG            with --scenario: check the lines of a file instead of talking
  --timeout S            for the whole program; then it closes in order
  --help  --version

By hand, a line is said to the model, and /help lists what else there is.
Exit code: 0 done; 1 a wait or command failed, or --timeout was over; 2 usage; 3 the session was closed unasked.
Commands, events and examples: docs/talk.md, docs/events.md, docs/scenarios.md
)";
}

}  // namespace gemlive::talk
