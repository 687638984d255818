// Access tokens, asked for when the last one is about to end.
#include <charconv>
#include <chrono>
#include <mutex>
#include <utility>

#include <nlohmann/json.hpp>

#include "auth/google_credentials.hpp"
#include "base/json_text.hpp"
#include "net/http_exchange.hpp"

namespace gemlive::auth {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr std::chrono::seconds renewed_before_end{300};
constexpr int64_t least_life_s = 60;

std::string in_form(std::string_view text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' || c == '.';
        if (plain) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return out;
}

int64_t unix_time_s()
{
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count();
}

Error request_for(const GoogleCredentials &credentials, net::HttpRequest &out)
{
    if (credentials.kind == GoogleCredentials::Kind::metadata_server) {
        out.headers.push_back({"Metadata-Flavor", "Google"});
        return {};
    }
    out.method = "POST";
    out.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    if (credentials.kind == GoogleCredentials::Kind::authorized_user) {
        out.body = "grant_type=refresh_token&client_id=" + in_form(credentials.client_id) +
                   "&client_secret=" + in_form(credentials.client_secret) +
                   "&refresh_token=" + in_form(credentials.refresh_token);
        return {};
    }
    std::string assertion;
    constexpr int64_t clock_skew_s = 10;
    if (Error error = sign_assertion(credentials, unix_time_s() - clock_skew_s, assertion)) {
        return error;
    }
    out.body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion;
    return {};
}

int64_t life_of(const json &answer)
{
    const json life = answer.value("expires_in", json());
    int64_t seconds = life.is_number() ? life.get<int64_t>() : 0;
    if (life.is_string()) {  // some servers write it so
        const std::string text = life.get<std::string>();
        std::from_chars(text.data(), text.data() + text.size(), seconds);
    }
    return std::max(seconds, least_life_s);
}

// RFC 6749: an answer without a token has `error`, and perhaps a sentence.
Error refusal(const std::string &who, const net::HttpAnswer &http, const json &answer)
{
    const json code = answer.is_object() ? answer.value("error", json()) : json();
    const json why = answer.is_object() ? answer.value("error_description", json()) : json();
    std::string message = who + " gave no access token: HTTP " + std::to_string(http.status);
    message += code.is_string() ? ", " + code.get<std::string>() : "";
    message += why.is_string() ? ": " + why.get<std::string>() : "";
    const bool may_heal = http.status == 408 || http.status == 429 || http.status >= 500 || code == "internal_failure" ||
                          code == "server_error" || code == "temporarily_unavailable";
    return {may_heal ? Status::network : Status::auth, std::move(message)};
}

class GoogleCredential final : public CredentialProvider {
public:
    explicit GoogleCredential(GoogleCredentials credentials)
        : credentials_(std::move(credentials)), secrets_{Secrets::Guard(credentials_.client_secret),
                                                         Secrets::Guard(credentials_.refresh_token)}
    {
    }

    asio::awaitable<Error> ask(Way &way, Credential &out) override
    {
        if (take_kept(out)) {
            co_return Error();
        }
        net::DialOptions options;
        Error error = net::Url::parse(credentials_.token_url, options.url);
        if (error) {
            error.message = "the credentials' token_uri " + error.message;
            co_return error;
        }
        net::HttpRequest request;
        error = request_for(credentials_, request);
        if (error) {
            co_return error;
        }
        options.tls = way.tls;
        options.deadline = way.deadline;
        options.allow_plaintext = credentials_.kind == GoogleCredentials::Kind::metadata_server;
        const std::string who = options.url.authority();
        net::HttpExchange exchange(way.io, std::move(options), std::move(request));
        way.cancel = [&exchange] { exchange.cancel(); };
        const net::DialResult result = co_await exchange.run();
        way.cancel = nullptr;
        if (result.error) {
            const bool may_heal = result.fault != net::DialFault::options && result.fault != net::DialFault::certificate;
            const Status status = result.error.status == Status::timeout ? Status::timeout : Status::network;
            co_return Error(may_heal ? status : result.error.status, "no access token: " + result.error.message);
        }
        const auto answer = parse_json<json>(result.http.body);
        const json token = answer.is_object() ? answer.value("access_token", json()) : json();
        if (result.http.status != 200 || !token.is_string() || token.get<std::string>().empty()) {
            co_return refusal(who, result.http, answer);
        }
        keep(token.get<std::string>(), std::chrono::seconds(life_of(answer)));
        take_kept(out);
        co_return Error();
    }

private:
    bool take_kept(Credential &out)
    {
        const std::lock_guard lock(mutex_);
        if (token_.empty() || Clock::now() >= renew_at_) {
            return false;
        }
        out.header = "Authorization";
        out.value = Secrets::Guard("Bearer " + token_);
        out.quota_project = credentials_.quota_project;
        return true;
    }

    void keep(std::string token, std::chrono::seconds life)
    {
        const std::lock_guard lock(mutex_);
        guard_ = Secrets::Guard(token);
        token_ = std::move(token);
        renew_at_ = Clock::now() + std::max(life - renewed_before_end, life / 2);
    }

    const GoogleCredentials credentials_;
    const Secrets::Guard secrets_[2];
    std::mutex mutex_;
    std::string token_;
    Secrets::Guard guard_;
    Clock::time_point renew_at_;
};

}  // namespace

std::shared_ptr<CredentialProvider> google_credential(GoogleCredentials credentials)
{
    return std::make_shared<GoogleCredential>(std::move(credentials));
}

}  // namespace gemlive::auth
