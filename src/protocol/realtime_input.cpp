#include <bit>
#include <charconv>

#include "base/base64.hpp"
#include "json_writer.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::protocol {
namespace {

// Types need no escaping but the quotes of their parameters; a type that does is refused before anything is
// written.
bool is_plain(std::string_view mime_type) noexcept
{
    return !mime_type.empty() && mime_type.find('/') != std::string_view::npos &&
           mime_type.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                       "/+-._;=, ") == std::string_view::npos;
}

Error encode_blob(std::string_view head, std::string_view mime_type, std::span<const uint8_t> bytes,
                  std::string_view tail, std::string &out)
{
    if (!is_plain(mime_type)) {
        return invalid_argument("The media type \"" + std::string(mime_type.substr(0, 80)) +
                                "\" is not of the form type/subtype.");
    }
    if (bytes.empty()) {
        return invalid_argument("There are no bytes of media to send.");
    }
    constexpr size_t punctuation = 16;
    out.reserve(out.size() + head.size() + mime_type.size() + base64::encoded_size(bytes.size()) + tail.size() +
                punctuation);
    out += head;
    out += mime_type;
    out += R"(","data":")";
    base64::append_encoded(bytes, out);
    out += tail;
    return {};
}

}  // namespace

void encode_audio(std::span<const int16_t> samples, int sample_rate, std::string &out)
{
    static_assert(std::endian::native == std::endian::little, "samples go out in the order they have in memory");
    const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t *>(samples.data()), samples.size_bytes());
    constexpr std::string_view head = R"({"realtimeInput":{"audio":{"mimeType":"audio/pcm;rate=)";
    constexpr std::string_view tail = R"("}}})";
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, sample_rate).ptr;
    out += head;
    out.append(digits, end);
    out += R"(","data":")";
    base64::append_encoded(bytes, out);
    out += tail;
}

Error encode_video(std::string_view mime_type, std::span<const uint8_t> image, std::string &out)
{
    return encode_blob(R"({"realtimeInput":{"video":{"mimeType":")", mime_type, image, R"("}}})", out);
}

Error encode_media_chunk(std::string_view mime_type, std::span<const uint8_t> bytes, std::string &out)
{
    return encode_blob(R"({"realtimeInput":{"mediaChunks":[{"mimeType":")", mime_type, bytes, R"("}]}})", out);
}

Error encode_text(std::string_view text, std::string &out)
{
    const size_t start = out.size();
    out += R"({"realtimeInput":{"text":)";
    if (Error error = append_json_string(text, out)) {
        out.resize(start);
        return error;
    }
    out += "}}";
    return {};
}

void encode_audio_stream_end(std::string &out)
{
    out += R"({"realtimeInput":{"audioStreamEnd":true}})";
}

void encode_activity_start(std::string &out)
{
    out += R"({"realtimeInput":{"activityStart":{}}})";
}

void encode_activity_end(std::string &out)
{
    out += R"({"realtimeInput":{"activityEnd":{}}})";
}

}  // namespace gemlive::protocol
