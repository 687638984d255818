#include "recording.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "base/base64.hpp"
#include "hearing.hpp"
#include "microphone.hpp"
#include "reader.hpp"

namespace gemlive::emulator {
namespace {

int64_t samples_in(const Json &blob)
{
    const int rate = pcm_rate(blob.value("mimeType", "audio/pcm"));
    const std::string data = blob.value("data", "");
    const auto padding = static_cast<int64_t>(std::count(data.begin(), data.end(), '='));
    const int64_t bytes = static_cast<int64_t>(data.size()) * 3 / 4 - padding;
    return rate == 0 ? 0 : bytes / 2 * input_rate / rate;
}

// Recordings of clients that wrote snake_case are read like the others; the flavours know different members.
Json in_camel_case(const Json &message)
{
    Json read;
    const std::string text = message.dump();
    if (!read_client_message(text, Flavour::gemini, read) || !read_client_message(text, Flavour::vertex, read))
        return read;
    return message;
}

[[noreturn]] void fail(size_t line, const std::string &what)
{
    throw RecordingError("line " + std::to_string(line) + ": " + what);
}

RecordedMessage read_message(const Json &entry, size_t line)
{
    const std::string dir = entry.value("dir", "");
    if (dir != "client" && dir != "server")
        fail(line, "\"dir\" has to be \"client\" or \"server\"");
    if (!entry.contains("json") && !entry.contains("text"))
        fail(line, "lacks \"json\"");
    RecordedMessage message;
    message.from_client = dir == "client";
    message.binary = entry.value("type", "binary") == "binary";
    if (entry.contains("at"))
        message.at = entry["at"].get<double>();
    if (message.from_client)
        message.sent = kinds_of(in_camel_case(entry.value("json", Json::object())));
    else if (entry.contains("json"))
        message.text = entry["json"].dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    else
        message.text = entry["text"].get<std::string>();
    return message;
}

bool is_setup_complete(const RecordedMessage &message)
{
    return !message.from_client && message.text.find("\"setupComplete\"") != std::string::npos;
}

// A client that waits for setupComplete has to get it, also where the recorded one did not wait, or where the
// recording begins later.
void begin_with_setup(std::vector<RecordedMessage> &messages)
{
    const auto is_setup = [](const RecordedMessage &m) { return !m.sent.empty() && m.sent[0].kind == "setup"; };
    auto setup = std::find_if(messages.begin(), messages.end(), is_setup);
    if (setup == messages.end()) {
        RecordedMessage missing;
        missing.from_client = true;
        missing.sent = {{"setup", 1}};
        setup = messages.insert(messages.begin(), std::move(missing));
    }
    const auto complete = std::find_if(setup, messages.end(), is_setup_complete);
    if (complete == messages.end()) {
        // A recording of a setup alone may show that nothing comes; all others went on.
        if (std::none_of(setup, messages.end(), [](const RecordedMessage &m) { return !m.from_client; }))
            return;
        RecordedMessage missing;
        missing.text = "{\n  \"setupComplete\": {}\n}\n";
        messages.insert(setup + 1, std::move(missing));
        return;
    }
    std::rotate(setup + 1, complete, complete + 1);
}

}  // namespace

std::vector<Sent> kinds_of(const Json &message)
{
    std::vector<Sent> sent;
    for (const auto &[name, value] : message.items()) {
        if (name != "realtimeInput") {
            sent.push_back({name, 1});
            continue;
        }
        for (const auto &[inner, content] : value.items()) {
            const bool chunks = inner == "mediaChunks" && content.is_array() && !content.empty();
            const Json &blob = chunks ? content[0] : content;
            if (inner == "audio" || (chunks && pcm_rate(blob.value("mimeType", "")) != 0))
                sent.push_back({"realtimeInput.audio", samples_in(blob)});
            else
                sent.push_back({"realtimeInput." + (chunks ? std::string("video") : inner), 1});
        }
    }
    return sent;
}

bool is_stream(const std::string &kind)
{
    return kind == "realtimeInput.audio" || kind == "realtimeInput.video";
}

Recording parse_recording(const std::string &text)
{
    std::map<int64_t, std::vector<RecordedMessage>> connections;
    std::istringstream lines(text);
    std::string line;
    for (size_t number = 1; std::getline(lines, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const Json entry = parse_json<Json>(line);
        if (!entry.is_object())
            fail(number, "is no JSON object");
        try {
            connections[entry.value("conn", int64_t{1})].push_back(read_message(entry, number));
        } catch (const Json::exception &error) {
            fail(number, error.what());
        }
    }
    if (connections.empty())
        throw RecordingError("holds no message");
    Recording recording;
    for (auto &[number, messages] : connections) {
        begin_with_setup(messages);
        recording.push_back(std::move(messages));
    }
    return recording;
}

Recording load_recording(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw RecordingError("cannot be read");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    return parse_recording(text);
}

}  // namespace gemlive::emulator
