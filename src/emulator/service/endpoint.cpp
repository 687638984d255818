#include "endpoint.hpp"

#include <algorithm>
#include <map>

#include "json.hpp"

namespace gemlive::emulator {
namespace {

constexpr std::string_view gemini_service = "google.ai.generativelanguage.";
constexpr std::string_view vertex_service = "google.cloud.aiplatform.";
constexpr std::string_view proxy_service = "google.firebase.vertexai.";
constexpr const char *no_caller = "Method doesn't allow unregistered callers (callers without established "
                                  "identity). Please use API Key or other "
                                  "form of API consumer identity to call this API.";
constexpr const char *bad_key = "API key not valid. Please pass a valid API key.";

std::string decode_percent(std::string_view text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const std::string hex(text.substr(i + 1, 2));
            char *end = nullptr;
            const long value = std::strtol(hex.c_str(), &end, 16);
            if (*end == '\0') {
                out += static_cast<char>(value);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

std::string trimmed(std::string text)
{
    const size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string after_scheme(const std::string &authorization, std::string_view scheme)
{
    if (authorization.size() <= scheme.size() || authorization.compare(0, scheme.size(), scheme) != 0 ||
        authorization[scheme.size()] != ' ')
        return {};
    return trimmed(authorization.substr(scheme.size() + 1));
}

bool is_invalid(const std::string &credential)
{
    return credential.find("invalid") != std::string::npos;
}

// "v1beta.GenerativeService..." gives up its version; false if it is not one of `versions`.
bool take_version(std::string_view &rest, std::initializer_list<std::string_view> versions, std::string &version)
{
    const size_t dot = rest.find('.');
    if (dot == std::string_view::npos)
        return false;
    version = rest.substr(0, dot);
    rest.remove_prefix(dot + 1);
    return std::find(versions.begin(), versions.end(), version) != versions.end();
}

void judge_gemini(Endpoint &endpoint, std::string_view query, const HeaderOf &header)
{
    std::string token = after_scheme(header("authorization"), "Token");
    if (token.empty())
        token = form_value(query, "access_token");
    std::string key = trimmed(header("x-goog-api-key"));
    if (key.empty())
        key = trimmed(form_value(query, "key"));
    if (key.starts_with("auth_tokens/")) {
        token = key;
        key.clear();
    }
    if (endpoint.constrained ? token.empty() : key.empty())
        endpoint.bad_credential = {1008, no_caller};
    else if (is_invalid(endpoint.constrained ? token : key))
        endpoint.bad_credential = {1007, bad_key};
    if (endpoint.constrained)
        endpoint.token = std::move(token);
}

void judge_vertex(Endpoint &endpoint, std::string_view query, const HeaderOf &header)
{
    const std::string bearer = after_scheme(header("authorization"), "Bearer");
    std::string key = trimmed(header("x-goog-api-key"));
    if (key.empty())
        key = trimmed(form_value(query, "key"));
    const std::string &credential = bearer.empty() ? key : bearer;
    if (credential.empty() || is_invalid(credential)) {
        endpoint.refused = {
            401, rest_error(401, "Request had invalid authentication credentials. Expected OAuth 2 access "
                                 "token, login cookie or other valid authentication credential.")};
    }
}

}  // namespace

std::string form_value(std::string_view form, std::string_view name)
{
    while (!form.empty()) {
        const size_t end = std::min(form.find('&'), form.size());
        const std::string_view item = form.substr(0, end);
        if (item.size() > name.size() && item.starts_with(name) && item[name.size()] == '=')
            return decode_percent(item.substr(name.size() + 1));
        form.remove_prefix(std::min(end + 1, form.size()));
    }
    return {};
}

std::string rest_error(int status, const std::string &message)
{
    static const std::map<int, const char *> names = {
        {400, "INVALID_ARGUMENT"},   {401, "UNAUTHENTICATED"}, {403, "PERMISSION_DENIED"},
        {404, "NOT_FOUND"},          {409, "ABORTED"},         {426, "FAILED_PRECONDITION"},
        {429, "RESOURCE_EXHAUSTED"}, {499, "CANCELLED"},       {500, "INTERNAL"},
        {501, "UNIMPLEMENTED"},      {503, "UNAVAILABLE"},     {504, "DEADLINE_EXCEEDED"}};
    const auto found = names.find(status);
    Json body;
    body["error"]["code"] = status;
    body["error"]["message"] = message;
    body["error"]["status"] = found == names.end() ? "UNKNOWN" : found->second;
    return body.dump(2) + "\n";
}

bool is_token_request(std::string_view target)
{
    const std::string path = decode_percent(target.substr(0, target.find('?')));
    for (const char *version : {"/v1", "/v1beta", "/v1alpha"}) {
        if (path.ends_with(std::string(version) + "/auth_tokens"))  // a base URL may put its own path before this
            return true;
    }
    return false;
}

HttpAnswer judge_token_request(std::string_view target, const HeaderOf &header)
{
    const size_t mark = target.find('?');
    std::string key = trimmed(header("x-goog-api-key"));
    if (key.empty() && mark != std::string_view::npos)
        key = trimmed(form_value(target.substr(mark + 1), "key"));
    if (key.empty() || key.starts_with("auth_tokens/"))
        return {403, rest_error(403, no_caller)};
    return is_invalid(key) ? HttpAnswer{400, rest_error(400, bad_key)} : HttpAnswer{};
}

Endpoint read_endpoint(std::string_view target, const HeaderOf &header)
{
    Endpoint endpoint;
    const size_t mark = target.find('?');
    const std::string path = decode_percent(target.substr(0, mark));
    const std::string_view query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    const auto not_found = [&endpoint, &path] {
        endpoint.refused = {404, rest_error(404, "The requested URL " + path + " was not found on this server.")};
        return endpoint;
    };

    // A base URL may put its own path before this.
    const size_t ws = path.find("/ws/");
    if (ws == std::string::npos)
        return not_found();
    std::string_view rest = std::string_view(path).substr(ws + 4);
    if (rest.starts_with(gemini_service)) {
        rest.remove_prefix(gemini_service.size());
        if (!take_version(rest, {"v1", "v1beta", "v1alpha"}, endpoint.version))
            return not_found();
        endpoint.constrained = rest == "GenerativeService.BidiGenerateContentConstrained";
        if (!endpoint.constrained && rest != "GenerativeService.BidiGenerateContent")
            return not_found();
        judge_gemini(endpoint, query, header);
        return endpoint;
    }
    if (rest.starts_with(vertex_service)) {
        rest.remove_prefix(vertex_service.size());
        endpoint.flavour = Flavour::vertex;
        if (!take_version(rest, {"v1", "v1beta1"}, endpoint.version) ||
            rest != "LlmBidiService/BidiGenerateContent")
            return not_found();
        judge_vertex(endpoint, query, header);
        return endpoint;
    }
    if (rest.starts_with(proxy_service)) {
        rest.remove_prefix(proxy_service.size());
        if (!take_version(rest, {"v1beta"}, endpoint.version))
            return not_found();
        if (rest.starts_with("LlmBidiService/BidiGenerateContent/locations/")) {
            endpoint.flavour = Flavour::vertex;
            judge_vertex(endpoint, query, header);
            return endpoint;
        }
        if (rest != "GenerativeService/BidiGenerateContent")
            return not_found();
        judge_gemini(endpoint, query, header);
        return endpoint;
    }
    return not_found();
}

}  // namespace gemlive::emulator
