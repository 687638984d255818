#include "protocol/failure.hpp"

#include <algorithm>
#include <cctype>

#include "base/secrets.hpp"
#include "failure_table.hpp"

namespace gemlive::protocol {
namespace {

Source source_of(const FailureFacts &facts) noexcept
{
    if (facts.http_status != 0) {
        return facts.from_proxy ? Source::proxy : Source::http;
    }
    // What ended the connection says more than the code that stands for it.
    return facts.close_code == 0 || facts.cause != Cause::none ? Source::cause : Source::close;
}

int code_of(const FailureFacts &facts, Source source) noexcept
{
    return source == Source::close   ? facts.close_code
           : source == Source::cause ? static_cast<int>(facts.cause)
                                     : facts.http_status;
}

// "spend" is in "the spend limit", not in "suspended".
bool has_words(std::string_view text, std::string_view words) noexcept
{
    for (size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
        if (at == 0 || !std::isalnum(static_cast<unsigned char>(text[at - 1]))) {
            return true;
        }
    }
    return words.empty();
}

bool holds(When when, const FailureFacts &facts, bool by_service) noexcept
{
    switch (when) {
    case When::always:
        return true;
    case When::later:
        return facts.ever_connected;
    case When::later_by_others:
        return facts.ever_connected && !by_service;
    case When::setup_with_handle:
        return facts.phase == Phase::setup && facts.with_handle;
    case When::running:
        return facts.phase == Phase::running;
    }
    return false;
}

// What the server says of it, in words.
std::string said_by(const FailureFacts &facts, const std::optional<RestError> &rest)
{
    return rest ? rest->message : std::string(facts.close_reason);
}

std::string sentence_of(const FailureFacts &facts, Source source, const std::string &said)
{
    std::string sentence;
    switch (source) {
    case Source::http:
        sentence = "the server answered HTTP " + std::to_string(facts.http_status);
        break;
    case Source::proxy:
        return facts.detail.empty() ? "the proxy answered HTTP " + std::to_string(facts.http_status)
                                    : std::string(facts.detail);
    case Source::close:
        sentence = facts.close_code == 1006 ? std::string("the connection ended without a close frame")
                   : facts.close_code == 1005
                       ? std::string("the server closed the connection without a code")
                       : "the server closed the connection with " + std::to_string(facts.close_code);
        break;
    default:
        return std::string(facts.detail.empty() ? "the connection failed" : facts.detail);
    }
    return said.empty() ? sentence : sentence + ": " + said;
}

}  // namespace

const char *retry_class_name(RetryClass retry_class) noexcept
{
    switch (retry_class) {
    case RetryClass::retry:
        return "retry";
    case RetryClass::retry_longer:
        return "retry_longer";
    case RetryClass::retry_once:
        return "retry_once";
    case RetryClass::retry_without_handle:
        return "retry_without_handle";
    case RetryClass::alter:
        return "alter";
    case RetryClass::fatal:
        return "fatal";
    }
    return "";
}

Verdict judge(const FailureFacts &facts)
{
    const Source source = source_of(facts);
    const int code = code_of(facts, source);
    const auto rest = source == Source::http ? parse_rest_error(facts.http_body) : std::nullopt;
    const std::string said = said_by(facts, rest);
    // The table ends with a row for each source, so that one is found always.
    const Row *const row = std::find_if(std::begin(rows::table), std::end(rows::table), [&](const Row &entry) {
        const bool any = entry.from == 0 && entry.to == 0;
        return (entry.source == source || entry.source == Source::words) &&
               (any || (code >= entry.from && code <= entry.to)) && has_words(said, entry.words) &&
               holds(entry.when, facts, rest.has_value());
    });
    Verdict verdict{row->retry, row->status, row->advice, std::nullopt, row->no_such_model, rest.has_value(), {}};
    if (source == Source::http) {
        const auto header = parse_retry_after(facts.retry_after, facts.unix_time_s);
        const auto body = rest ? rest->retry_delay_ms : std::nullopt;
        verdict.retry_after_ms = header && body ? std::max(header, body) : header ? header : body;
    }
    verdict.sentence = sentence_of(facts, source, said);
    if (*verdict.advice) {
        verdict.sentence += std::string(" (") + verdict.advice + ")";
    }
    verdict.sentence = Secrets::remove_from(std::move(verdict.sentence));
    return verdict;
}

std::string_view refused_field(std::string_view reason) noexcept
{
    constexpr std::string_view before = "Unknown name \"";
    const size_t at = reason.find(before);
    if (at == std::string_view::npos) {
        return {};
    }
    reason.remove_prefix(at + before.size());
    return reason.substr(0, reason.find('"'));
}

}  // namespace gemlive::protocol
