#include "tokens.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>
#include <utility>

#include "reader.hpp"

namespace gemlive::emulator {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr size_t most_tokens = 20'000;
constexpr Duration longest_life = hours(20);
constexpr Duration default_life = minutes(30);
constexpr Duration default_start = seconds(60);

HttpAnswer bad_request(const std::string &message)
{
    return {400, rest_error(400, message)};
}

std::string in_camel_case(std::string_view name)
{
    std::string out;
    for (size_t i = 0; i < name.size(); ++i) {
        const bool joins = name[i] == '_' && i + 1 < name.size();
        out += joins ? static_cast<char>(std::toupper(static_cast<unsigned char>(name[++i]))) : name[i];
    }
    return out;
}

// `count` digits off the front.
bool take_digits(std::string_view &text, size_t count, int &out)
{
    if (text.size() < count)
        return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, out);
    if (error != std::errc{} || end != text.data() + count || text[0] == '-')
        return false;
    text.remove_prefix(count);
    return true;
}

bool take(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

// RFC 3339, as "2026-10-01T12:30:00.5Z" or with an offset.
std::optional<Tokens::WallTime> read_timestamp(std::string_view text)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    const bool form = take_digits(text, 4, year) && take(text, '-') && take_digits(text, 2, month) && take(text, '-') &&
                      take_digits(text, 2, day) && take(text, 'T') && take_digits(text, 2, hour) && take(text, ':') &&
                      take_digits(text, 2, minute) && take(text, ':') && take_digits(text, 2, second);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!form || !date.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    Duration fraction{};
    if (take(text, '.')) {
        Duration unit = milliseconds(100);
        size_t digits = 0;
        for (; !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())); ++digits) {
            fraction += unit * (text.front() - '0');
            unit /= 10;
            text.remove_prefix(1);
        }
        if (digits == 0 || digits > 9)
            return std::nullopt;
    }
    Duration offset{};
    if (!take(text, 'Z')) {
        const bool west = !text.empty() && text.front() == '-';
        int offset_hours = 0, offset_minutes = 0;
        if (!(take(text, '+') || take(text, '-')) || !take_digits(text, 2, offset_hours) || !take(text, ':') ||
            !take_digits(text, 2, offset_minutes))
            return std::nullopt;
        offset = (west ? -1 : 1) * (hours(offset_hours) + minutes(offset_minutes));
    }
    if (!text.empty())
        return std::nullopt;
    return std::chrono::sys_days(date) + hours(hour) + minutes(minute) + seconds(second) + fraction - offset;
}

Refusal invalid_value(const char *field, const char *type, const Json &value)
{
    return invalid(std::string("Invalid value at 'auth_token.") + field + "' (" + type + "), " + value.dump());
}

// A Timestamp becomes a time of ours; what lies too far ahead is refused.
Refusal read_time(const Json &body, const char *name, const char *field, Duration now, Tokens::WallTime wall_now,
                  Duration &out)
{
    if (!body.contains(name))
        return {};
    const Json &value = body[name];
    const auto time = value.is_string() ? read_timestamp(value.get<std::string>()) : std::nullopt;
    if (!time)
        return invalid_value(field, "type.googleapis.com/google.protobuf.Timestamp", value);
    if (*time - wall_now > longest_life)
        return invalid(std::string(field) + " must be at most 20 hours in the future.");
    out = now + (*time - wall_now);
    return {};
}

Refusal read_uses(const Json &value, int64_t &out)
{
    const std::string text = value.is_string() ? value.get<std::string>() : value.is_number_integer() ? value.dump() : "";
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || out > INT32_MAX)
        return invalid_value("uses", "TYPE_INT32", value);
    return out < 0 ? invalid("uses must not be negative.") : Refusal{};
}

Refusal read_mask(const Json &value, std::vector<std::string> &out)
{
    const std::string text = value.is_string() ? value.get<std::string>() : "";
    const bool is_mask = value.is_string() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
                             return std::isalnum(c) || c == '.' || c == ',';
                         });
    if (!is_mask)  // "_" too: in JSON a mask names members as JSON does
        return invalid_value("field_mask", "type.googleapis.com/google.protobuf.FieldMask", value);
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(',', begin), text.size());
        if (end > begin)
            out.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return {};
}

bool is_within(std::string_view path, std::string_view outer)
{
    return path == outer || (path.starts_with(outer) && path[outer.size()] == '.');
}

// The paths of all members that hold something other than members.
void add_leaves(const Json &value, const std::string &path, std::vector<std::string> &out)
{
    if (!value.is_object() || value.empty()) {
        out.push_back(path);
        return;
    }
    for (const auto &[name, item] : value.items())
        add_leaves(item, path.empty() ? name : path + "." + name, out);
}

bool is_named(const std::string &leaf, const std::vector<std::string> &mask)
{
    return std::any_of(mask.begin(), mask.end(), [&leaf](const std::string &path) {
        return is_within(leaf, path) || is_within(path, leaf);
    });
}

// A setup as the service reads one, in lowerCamelCase.
Refusal read_setup_fields(const Json &value, Json &out)
{
    Json message;
    message["setup"] = value;
    Json read;
    if (Refusal refusal = read_client_message(message.dump(), Flavour::gemini, read)) {
        constexpr std::string_view there = "'setup";
        if (const size_t at = refusal.reason.find(there); at != std::string::npos)
            refusal.reason.replace(at, there.size(), "'auth_token.bidi_generate_content_setup");
        return refusal;
    }
    out = std::move(read["setup"]);
    return {};
}

Json::json_pointer pointer_to(const std::string &path)
{
    std::string text = "/" + path;
    std::replace(text.begin() + 1, text.end(), '.', '/');
    return Json::json_pointer(text);
}

void take_out(Json &setup, const Json::json_pointer &place)
{
    if (setup.contains(place))
        setup[place.parent_pointer()].erase(place.back());
}

// A named member is the token's, or at its default where the token has none.
void fix_members(const Json &fixed, const std::vector<std::string> &mask, Json &setup)
{
    for (const std::string &path : mask) {
        const Json::json_pointer place = pointer_to(path);
        if (fixed.contains(place))
            setup[place] = fixed[place];
        else
            take_out(setup, place);
    }
}

// The whole setup is the token's. Which session is resumed the client alone knows.
void fix_all(const Json &fixed, Json &setup)
{
    const Json given = std::exchange(setup, fixed);
    if (!setup.contains("model") && given.contains("model"))
        setup["model"] = given["model"];
    static const Json::json_pointer handle("/sessionResumption/handle");
    if (setup.contains("sessionResumption") && given.contains(handle))
        setup[handle] = given[handle];
}

bool resumes(const Json &setup)
{
    static const Json::json_pointer handle("/sessionResumption/handle");
    return setup.contains(handle) && setup[handle].is_string() && !setup[handle].get<std::string>().empty();
}

}  // namespace

Refusal token_no_longer_good()
{
    return {1007, "API key expired. Please renew the API key."};
}

Refusal Tokens::read(const Json &body, Duration now, WallTime wall_now, Token &token)
{
    token.expires = now + default_life;
    token.starts_until = now + default_start;
    if (Refusal refusal = read_time(body, "expireTime", "expire_time", now, wall_now, token.expires))
        return refusal;
    if (Refusal refusal =
            read_time(body, "newSessionExpireTime", "new_session_expire_time", now, wall_now, token.starts_until))
        return refusal;
    if (body.contains("uses")) {
        if (Refusal refusal = read_uses(body["uses"], token.uses_left))
            return refusal;
        token.unlimited = token.uses_left == 0;
    }
    if (body.contains("fieldMask")) {
        if (Refusal refusal = read_mask(body["fieldMask"], token.mask))
            return refusal;
    }
    if (body.contains("bidiGenerateContentSetup")) {
        if (Refusal refusal = read_setup_fields(body["bidiGenerateContentSetup"], token.setup))
            return refusal;
        std::vector<std::string> leaves;
        add_leaves(token.setup, "", leaves);
        const bool all_named = token.mask.empty() || token.setup.empty() ||
                               std::all_of(leaves.begin(), leaves.end(),
                                           [&token](const std::string &leaf) { return is_named(leaf, token.mask); });
        if (!all_named)
            return invalid("BidiGenerateContentSetup contains fields that are not specified in field_mask");
    }
    return {};
}

HttpAnswer Tokens::create(std::string_view text, Duration now, WallTime wall_now)
{
    const Json given = text.empty() ? Json::object() : parse_json<Json>(text);
    if (!given.is_object())
        return bad_request("Invalid JSON payload received. Unexpected token.");
    static const std::set<std::string, std::less<>> known = {"uses", "expireTime", "newSessionExpireTime",
                                                             "bidiGenerateContentSetup", "fieldMask", "name"};
    Json body = Json::object();
    for (const auto &[name, value] : given.items()) {
        std::string member = in_camel_case(name);
        if (!known.contains(member))
            return bad_request("Invalid JSON payload received. Unknown name \"" + name + "\": Cannot find field.");
        if (!value.is_null())
            body[std::move(member)] = value;
    }
    Token token;
    if (const Refusal refusal = read(body, now, wall_now, token))
        return bad_request(refusal.reason);
    std::string id = ids_.uuid();
    id.erase(std::remove(id.begin(), id.end(), '-'), id.end());
    const std::string name = "auth_tokens/" + id;
    keep(name, std::move(token));
    Json answer;
    answer["name"] = name;
    return {200, answer.dump(2) + "\n"};
}

std::string Tokens::add(const std::string &name, const Json &body, Duration now, WallTime wall_now)
{
    Token token;
    if (const Refusal refusal = read(body, now, wall_now, token))
        return refusal.reason;
    if (body.contains("expire_ms"))
        token.life = milliseconds(body["expire_ms"].get<int64_t>());
    if (body.contains("new_session_expire_ms"))
        token.starts_until = now + milliseconds(body["new_session_expire_ms"].get<int64_t>());
    keep(name, std::move(token));
    return {};
}

void Tokens::keep(const std::string &name, Token token)
{
    tokens_[name] = std::move(token);
    order_.push_back(name);
    if (order_.size() > most_tokens) {
        tokens_.erase(order_.front());
        order_.pop_front();
    }
}

Refusal Tokens::admit(const std::string &name, Json &setup, Duration now)
{
    const auto found = tokens_.find(name);
    if (found == tokens_.end())
        return {};
    Token &token = found->second;
    if (token.life)
        token.expires = now + *std::exchange(token.life, std::nullopt);
    if (now >= token.expires)
        return token_no_longer_good();
    if (!resumes(setup)) {
        if (now >= token.starts_until || (!token.unlimited && token.uses_left == 0))
            return token_no_longer_good();
        token.uses_left -= !token.unlimited;
    }
    if (!token.mask.empty())
        fix_members(token.setup, token.mask, setup);
    else if (!token.setup.is_null())
        fix_all(token.setup, setup);
    return {};
}

std::optional<Duration> Tokens::left(const std::string &name, Duration now) const
{
    const auto found = tokens_.find(name);
    if (found == tokens_.end())
        return std::nullopt;
    return std::max(found->second.expires - now, Duration{});
}

}  // namespace gemlive::emulator
