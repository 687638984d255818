// Any bytes of a server, a message a line: through the decoder and the rules, and as the JSON that an event shows. None may crash, and
// what is shown as JSON is JSON: damage in what nobody reads is no error, and then nothing is shown.
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "dialogue/turns.hpp"
#include "protocol/decoder.hpp"

namespace gemlive {
namespace {

void receive(std::string_view text, protocol::Decoder &decoder, dialogue::Turns &turns, int64_t now)
{
    std::vector<char> buffer(text.size() + protocol::Decoder::padding);
    std::memcpy(buffer.data(), text.data(), text.size());
    protocol::ServerMessage message;
    decoder.decode(buffer.data(), text.size(), buffer.size(), message);
    turns.on_message(message, now);
    for (const bool withhold : {false, true}) {
        const std::string shown = protocol::server_json(text, withhold);
        if (!shown.empty() && !nlohmann::json::accept(shown)) {
            std::abort();
        }
    }
}

}  // namespace
}  // namespace gemlive

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace gemlive;
    static protocol::Decoder decoder;
    dialogue::Effects effects;
    dialogue::Turns turns({}, effects);
    std::string_view rest(reinterpret_cast<const char *>(data), size);
    for (int64_t now = 0; !rest.empty(); now += 50) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        receive(line, decoder, turns, now);
        effects.clear();
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    return 0;
}
