#include "oauth.hpp"

#include <cstdint>
#include <vector>

#include "base/base64.hpp"
#include "base/json_text.hpp"
#include "json.hpp"

namespace gemlive::emulator {
namespace {

constexpr std::string_view metadata_path = "/computeMetadata/v1/instance/service-accounts/default/token";
constexpr std::string_view token_path = "/token";
constexpr int64_t longest_life_s = 3600;

HttpAnswer refused(int status, const char *error, const char *why)
{
    Json body;
    body["error"] = error;
    body["error_description"] = why;
    return {status, body.dump() + "\n"};
}

HttpAnswer token_for(const std::string &whom)
{
    Json body;
    body["access_token"] = "ya29.of-" + whom;
    body["expires_in"] = longest_life_s - 1;
    body["token_type"] = "Bearer";
    return {200, body.dump() + "\n"};
}

Json part_of_token(std::string_view text)
{
    std::vector<uint8_t> bytes(base64::max_decoded_size(text.size()) + 1);
    const auto size = base64::decode(text, bytes.data());
    return parse_json<Json>(size ? std::string_view(reinterpret_cast<const char *>(bytes.data()), *size) : std::string_view());
}

HttpAnswer answer_assertion(const std::string &assertion)
{
    const size_t first = assertion.find('.');
    const size_t second = first == std::string::npos ? first : assertion.find('.', first + 1);
    if (second == std::string::npos || second + 1 == assertion.size())
        return refused(400, "invalid_grant", "Invalid JWT.");
    const Json header = part_of_token(std::string_view(assertion).substr(0, first));
    const Json claims = part_of_token(std::string_view(assertion).substr(first + 1, second - first - 1));
    if (!header.is_object() || !claims.is_object() || header.value("alg", "") != "RS256")
        return refused(400, "invalid_grant", "Invalid JWT Signature.");
    const auto issued = claims.value("iat", int64_t{0});
    const auto ends = claims.value("exp", int64_t{0});
    if (ends <= issued || ends - issued > longest_life_s)
        return refused(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
    if (claims.value("scope", "").empty())
        return refused(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    const std::string account = claims.value("iss", "");
    if (account.empty() || claims.value("aud", "").empty() || account.find("invalid") != std::string::npos)
        return refused(400, "invalid_grant", "Invalid grant: account not found");
    return token_for(account);
}

}  // namespace

bool is_access_token_request(std::string_view target)
{
    const std::string_view path = target.substr(0, target.find('?'));
    return path == token_path || path == metadata_path;
}

HttpAnswer answer_access_token_request(std::string_view target, bool is_post, std::string_view body, const HeaderOf &header)
{
    if (target.starts_with(metadata_path)) {
        const bool asks_rightly = !is_post && header("metadata-flavor") == "Google";
        return asks_rightly ? token_for("machine") : HttpAnswer{403, "Missing Metadata-Flavor:Google header.\n"};
    }
    if (!is_post)
        return {404, rest_error(404, "The requested URL was not found on this server.")};
    const std::string grant = form_value(body, "grant_type");
    if (grant == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        return answer_assertion(form_value(body, "assertion"));
    if (grant != "refresh_token")
        return refused(400, "unsupported_grant_type", "Invalid grant_type");
    if (form_value(body, "client_id").empty() || form_value(body, "client_secret").empty())
        return refused(401, "invalid_client", "The OAuth client was not found.");
    const std::string token = form_value(body, "refresh_token");
    if (token.empty() || token.find("invalid") != std::string::npos)
        return refused(400, "invalid_grant", "Token has been expired or revoked.");
    return token_for("user");
}

}  // namespace gemlive::emulator
