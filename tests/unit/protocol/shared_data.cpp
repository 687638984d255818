#include "shared_data.hpp"

#include <cstring>
#include <fstream>
#include <memory>
#include <set>

#include "base/base64.hpp"

namespace gemlive::protocol::test {

namespace fs = std::filesystem;

fs::path vectors()
{
    return fs::path(GEMLIVE_SOURCE_DIR) / "tests" / "vectors";
}

json load(const fs::path &file)
{
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error("cannot read " + file.string());
    }
    return json::parse(in);
}

std::vector<fs::path> vector_files(const std::string &name)
{
    std::vector<fs::path> files;
    for (const fs::path &folder : {vectors(), data_folder() / "vectors"}) {
        if (fs::exists(folder / name)) {
            files.push_back(folder / name);
        }
    }
    return files;
}

Error decode(Decoder &decoder, const std::string &text, ServerMessage &out)
{
    static std::unique_ptr<char[]> buffer;  // the message has views into it
    const size_t capacity = text.size() + Decoder::padding;
    buffer = std::make_unique_for_overwrite<char[]>(capacity);
    std::memcpy(buffer.get(), text.data(), text.size());
    std::memset(buffer.get() + text.size(), '"', Decoder::padding);  // what is behind the message must not matter
    return decoder.decode(buffer.get(), text.size(), capacity, out);
}

std::optional<std::vector<uint8_t>> bytes_of(const Part &part)
{
    std::vector<uint8_t> bytes(base64::decoded_size(part.data));
    const auto size = base64::decode(part.data, bytes.data());
    if (!size) {
        return std::nullopt;
    }
    EXPECT_LE(*size, bytes.size());
    bytes.resize(*size);
    return bytes;
}

std::string hex(std::span<const uint8_t> bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string unhex(const std::string &text)
{
    std::string bytes;
    for (size_t i = 0; i + 1 < text.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

ordered_json reversed(const ordered_json &value)
{
    if (value.is_array()) {
        ordered_json result = ordered_json::array();
        for (const auto &item : value) {
            result.push_back(reversed(item));
        }
        return result;
    }
    if (!value.is_object()) {
        return value;
    }
    std::vector<std::string> keys;
    for (const auto &[key, member] : value.items()) {
        keys.insert(keys.begin(), key);
    }
    ordered_json result = ordered_json::object();
    for (const std::string &key : keys) {
        result[key] = reversed(value[key]);
    }
    return result;
}

ordered_json snake_case(const ordered_json &value)
{
    static const std::set<std::string> handed_on = {"args", "details", "response"};
    if (value.is_array()) {
        ordered_json result = ordered_json::array();
        for (const auto &item : value) {
            result.push_back(snake_case(item));
        }
        return result;
    }
    if (!value.is_object()) {
        return value;
    }
    ordered_json result = ordered_json::object();
    for (const auto &[key, member] : value.items()) {
        std::string snake;
        for (const char c : key) {
            if (c >= 'A' && c <= 'Z') {
                snake += '_';
                snake += static_cast<char>(c - 'A' + 'a');
            } else {
                snake += c;
            }
        }
        result[snake] = handed_on.contains(key) ? member : snake_case(member);
    }
    return result;
}

std::vector<std::string> spellings(const std::string &text)
{
    std::vector<std::string> texts = {text};
    const ordered_json message = ordered_json::parse(text, nullptr, false);
    if (message.is_object()) {
        texts.push_back(message.dump());
        texts.push_back(message.dump(2) + "\n");
        texts.push_back(message.dump(1, '\t') + "\r\n");
        texts.push_back(message.dump(-1, ' ', true));
        texts.push_back(reversed(message).dump());
        texts.push_back(snake_case(message).dump());
        texts.push_back(snake_case(reversed(message)).dump(2));
    }
    return texts;
}

}  // namespace gemlive::protocol::test
