#include "endpoint.hpp"

#include <map>

#include <gtest/gtest.h>

#include "json.hpp"

namespace gemlive::emulator {
namespace {

constexpr const char *gemini = "/ws/google.ai.generativelanguage.";
constexpr const char *vertex = "/ws/google.cloud.aiplatform.";

Endpoint read(const std::string &url, const std::map<std::string, std::string> &headers = {})
{
    return read_endpoint(url, [&headers](std::string_view name) {
        const auto found = headers.find(std::string(name));
        return found == headers.end() ? std::string() : found->second;
    });
}

TEST(Endpoint, TakesEveryVersionOfBothFlavours)
{
    for (const char *version : {"v1", "v1beta", "v1alpha"}) {
        const Endpoint plain =
            read(std::string(gemini) + version + ".GenerativeService.BidiGenerateContent?key=k");
        EXPECT_FALSE(plain.refused || plain.bad_credential) << version;
        EXPECT_EQ(plain.version, version);
        const Endpoint token =
            read(std::string(gemini) + version + ".GenerativeService.BidiGenerateContentConstrained",
                 {{"authorization", "Token auth_tokens/x"}});
        EXPECT_FALSE(token.refused || token.bad_credential) << version;
        EXPECT_TRUE(token.constrained);
    }
    for (const char *version : {"v1", "v1beta1"}) {
        const Endpoint v = read(std::string(vertex) + version + ".LlmBidiService/BidiGenerateContent",
                                {{"authorization", "Bearer ya29"}});
        EXPECT_FALSE(v.refused) << version;
        EXPECT_EQ(v.flavour, Flavour::vertex);
    }
}

TEST(Endpoint, PathsThatClientsReallyUse)
{
    EXPECT_FALSE(
        read("//ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=k").refused);
    EXPECT_FALSE(
        read("/proxy/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=k").refused);
    const Endpoint token =
        read(std::string(gemini) +
             "v1beta.GenerativeService.BidiGenerateContentConstrained?access_token=auth_tokens%2Fx");
    EXPECT_FALSE(token.bad_credential);
}

TEST(Endpoint, UnknownPathsAreNotFound)
{
    for (const char *url :
         {"/", "/ws/", "/ws/google.ai.generativelanguage.v2.GenerativeService.BidiGenerateContent",
          "/ws/google.cloud.aiplatform.v1alpha.LlmBidiService/BidiGenerateContent",
          "/ws/google.ai.generativelanguage.v1beta.GenerativeService/BidiGenerateContent"}) {
        const Endpoint endpoint = read(url, {{"x-goog-api-key", "k"}, {"authorization", "Bearer t"}});
        EXPECT_EQ(endpoint.refused.status, 404) << url;
        EXPECT_EQ(Json::parse(endpoint.refused.body)["error"]["status"], "NOT_FOUND");
    }
}

TEST(Endpoint, GeminiJudgesAKeyAfterTheUpgradeVertexBefore)
{
    const std::string g = std::string(gemini) + "v1beta.GenerativeService.BidiGenerateContent";
    EXPECT_EQ(read(g, {{"x-goog-api-key", "my-invalid-key"}}).bad_credential.code, 1007);
    EXPECT_FALSE(read(g, {{"x-goog-api-key", "my-invalid-key"}}).refused);
    EXPECT_EQ(read(g).bad_credential.code, 1008);
    EXPECT_EQ(read(g, {{"x-goog-api-key", "  "}}).bad_credential.code, 1008);
    EXPECT_EQ(read(g, {{"authorization", "Token auth_tokens/x"}}).bad_credential.code, 1008);
    const std::string v = std::string(vertex) + "v1beta1.LlmBidiService/BidiGenerateContent";
    EXPECT_EQ(read(v).refused.status, 401);
    EXPECT_EQ(read(v, {{"authorization", "Bearer invalid"}}).refused.status, 401);
    EXPECT_FALSE(read(v, {{"x-goog-api-key", "express"}}).refused);
}

}  // namespace
}  // namespace gemlive::emulator
