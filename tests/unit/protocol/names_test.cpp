#include <iostream>

#include "protocol/default_model.hpp"
#include "protocol/duration.hpp"
#include "protocol/endpoint.hpp"
#include "protocol/model_name.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

std::string text_or_empty(const json &entry, const char *key)
{
    return entry.contains(key) && entry[key].is_string() ? entry[key].get<std::string>() : std::string();
}

Flavour flavour_of(const json &entry)
{
    return entry.at("flavour") == "vertex" ? Flavour::vertex : Flavour::gemini;
}

double nanoseconds(Duration duration)
{
    return static_cast<double>(duration.seconds) * 1e9 + duration.nanos;
}

TEST(Durations, OfTheVectorsBothWays)
{
    for (const auto &file : vector_files("durations.json")) {
        for (const json &entry : load(file)) {
            const std::string text = entry.at("text");
            const auto duration = parse_duration(text);
            ASSERT_EQ(duration.has_value(), !entry.value("error", false)) << text;
            if (duration) {
                EXPECT_EQ(nanoseconds(*duration), entry.at("nanoseconds").get<double>()) << text;
                EXPECT_EQ(parse_duration(format_duration(*duration)), duration) << text;
            }
        }
    }
}

TEST(Durations, AreWrittenInThousands)
{
    EXPECT_EQ(format_duration({50, 0}), "50s");
    EXPECT_EQ(format_duration({9, 500000000}), "9.500s");
    EXPECT_EQ(format_duration({0, -1000}), "-0.000001s");
    EXPECT_EQ(format_duration({0, 1}), "0.000000001s");
    EXPECT_EQ((Duration{-1, -500000}.floor_ms()), -1001);
    EXPECT_EQ((Duration{1, 999999999}.floor_ms()), 1999);
}

TEST(ModelNames, OfTheVectors)
{
    for (const auto &file : vector_files("names.json")) {
        for (const json &entry : load(file)) {
            std::string name;
            const Error error =
                normalise_model_name(flavour_of(entry), text_or_empty(entry, "project"),
                                     text_or_empty(entry, "location"), entry.at("input").get<std::string>(), name);
            EXPECT_EQ(bool(error), entry.value("expect_error", false)) << entry;
            EXPECT_EQ(name, entry.value("expect", "")) << entry;
        }
    }
}

TEST(ModelNames, AreKnownByTheirLastPart)
{
    EXPECT_EQ(bare_model_name("models/m"), "m");
    EXPECT_EQ(bare_model_name("google/m"), "m");
    EXPECT_EQ(bare_model_name("projects/p/locations/l/publishers/google/models/m"), "m");
    EXPECT_EQ(bare_model_name("m"), "m");
    std::string name;
    EXPECT_TRUE(normalise_model_name(Flavour::gemini, "", "", "", name));
    EXPECT_FALSE(normalise_model_name(Flavour::vertex, "p", "", "m", name));
    EXPECT_EQ(name, "projects/p/locations/global/publishers/google/models/m");
    EXPECT_STRNE(default_models(Flavour::gemini)[0], default_models(Flavour::vertex)[0]);
}

// How a credential is written in the vectors.
struct Credential {
    CredentialKind kind = CredentialKind::none;
    std::string text;
    bool in_query = false;
};

Credential credential_of(const json &entry)
{
    Credential credential;
    const std::string words = text_or_empty(entry, "credential");
    credential.in_query = words.ends_with("in query");
    if (words.starts_with("api key") || entry.value("express", false)) {
        credential.kind = CredentialKind::api_key;
        credential.text = "KEY";
    } else if (words.starts_with("ephemeral token")) {
        credential.kind = CredentialKind::ephemeral_token;
        credential.text = "auth_tokens/T";
    } else if (entry.contains("location")) {
        credential.kind = CredentialKind::access_token;
        credential.text = "TOKEN";
    }
    return credential;
}

TEST(Endpoints, OfTheVectors)
{
    for (const auto &file : vector_files("urls.json")) {
        for (const json &entry : load(file)) {
            const Credential credential = credential_of(entry);
            const std::string base = text_or_empty(entry, "base_url");
            const std::string version = text_or_empty(entry, "version");
            const std::string location = text_or_empty(entry, "location");
            EndpointOptions options;
            options.flavour = flavour_of(entry);
            options.credential = credential.kind;
            options.base_url = base;
            options.api_version = version;
            options.location = location;
            options.project = location.empty() ? "" : "p";
            std::string url;
            const Error error = make_endpoint(options, url);
            EXPECT_EQ(bool(error), entry.value("expect_error", false)) << entry << error.message;
            if (credential.in_query) {
                url = with_credential_in_query(url, credential.kind, credential.text);
            }
            EXPECT_EQ(url, entry.value("expect", "")) << entry;
            if (entry.contains("header")) {
                const auto [name, value] = credential_header(credential.kind, credential.text);
                EXPECT_EQ(json::array({name, value}), entry["header"]);
            }
        }
    }
}

std::string endpoint(Flavour flavour, std::string_view base, std::string_view project = "",
                     CredentialKind credential = CredentialKind::api_key)
{
    EndpointOptions options;
    options.flavour = flavour;
    options.base_url = base;
    options.project = project;
    options.credential = credential;
    std::string url;
    const Error error = make_endpoint(options, url);
    return error ? "error: " + error.message : url;
}

TEST(Endpoints, ABaseGetsThePathAndAWholeUrlStays)
{
    const std::string gemini = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
    const std::string vertex = "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent";
    EXPECT_EQ(endpoint(Flavour::gemini, "wss://127.0.0.1:8443"), "wss://127.0.0.1:8443" + gemini);
    EXPECT_EQ(endpoint(Flavour::gemini, "127.0.0.1:8443/"), "wss://127.0.0.1:8443" + gemini);
    EXPECT_EQ(endpoint(Flavour::gemini, "ws://[::1]:80/a//?b=/c"), "ws://[::1]:80/a" + gemini + "?b=/c");
    EXPECT_EQ(endpoint(Flavour::gemini, "wss://h" + gemini + "?x=1"), "wss://h" + gemini + "?x=1");
    EXPECT_EQ(endpoint(Flavour::vertex, "wss://h", "p", CredentialKind::access_token), "wss://h" + vertex);
    EXPECT_EQ(endpoint(Flavour::vertex, "wss://h", "", CredentialKind::access_token), "wss://h" + vertex);
    EXPECT_EQ(endpoint(Flavour::vertex, "wss://h/x", "", CredentialKind::access_token), "wss://h/x");
    EXPECT_EQ(endpoint(Flavour::vertex, "wss://h/x", ""), "wss://h/x" + vertex);
    EXPECT_EQ(endpoint(Flavour::gemini, "wss://h", "", CredentialKind::ephemeral_token),
              "wss://h" + gemini + "Constrained");
}

TEST(Endpoints, RefusesWhatIsNoUrl)
{
    for (const char *base : {"ftp://h", "wss://", "wss:///path", "wss://h/a b", "wss://h/#x", "wss://h\r\nX: y"}) {
        EXPECT_TRUE(endpoint(Flavour::gemini, base).starts_with("error: ")) << base;
    }
    EndpointOptions options;
    std::string url;
    options.api_version = "v1/../x";
    EXPECT_TRUE(make_endpoint(options, url));
    options.api_version = "v1alpha";
    EXPECT_FALSE(make_endpoint(options, url));
    options.flavour = Flavour::vertex;
    EXPECT_TRUE(make_endpoint(options, url));
    options.api_version = "beta";
    options.location = "evil.example/";
    EXPECT_TRUE(make_endpoint(options, url));
    options.location = "";
    EXPECT_FALSE(make_endpoint(options, url));
    EXPECT_NE(url.find(".v1beta1."), std::string::npos);
    options.credential = CredentialKind::ephemeral_token;
    EXPECT_TRUE(make_endpoint(options, url));
}

TEST(Endpoints, TellTokensFromKeys)
{
    EXPECT_EQ(kind_of_key(""), CredentialKind::none);
    EXPECT_EQ(kind_of_key("AIza"), CredentialKind::api_key);
    EXPECT_EQ(kind_of_key("auth_tokens/x"), CredentialKind::ephemeral_token);
    EXPECT_EQ(with_credential_in_query("wss://h/?a", CredentialKind::api_key, "a&b c"),
              "wss://h/?a&key=a%26b%20c");
}

}  // namespace
}  // namespace gemlive::protocol::test
