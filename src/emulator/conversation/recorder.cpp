#include "recorder.hpp"

#include <cmath>

#include "json.hpp"

namespace gemlive::emulator {

Recorder::Recorder(const std::string &folder, int connection) : connection_(connection)
{
    const std::string name = folder + "/connection-" + std::to_string(connection);
    messages_.open(name + ".jsonl", std::ios::binary | std::ios::trunc);
    audio_.open(name + ".pcm", std::ios::binary | std::ios::trunc);
}

void Recorder::message(bool from_client, bool binary, std::string_view text, Duration now)
{
    Json line;
    line["dir"] = from_client ? "client" : "server";
    line["conn"] = connection_;
    line["type"] = binary ? "binary" : "text";
    line["at"] = std::round(static_cast<double>((now - zero_).count()) / 1000) / 1000;
    line["bytes"] = text.size();
    Json json = parse_json<Json>(text);
    if (json.is_discarded())
        line["text"] = text;
    else
        line["json"] = std::move(json);
    // A reader may follow the file while the connection lives.
    messages_ << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
}

void Recorder::audio(std::span<const int16_t> samples)
{
    audio_.write(reinterpret_cast<const char *>(samples.data()),
                 static_cast<std::streamsize>(samples.size_bytes()));
    audio_.flush();
}

}  // namespace gemlive::emulator
