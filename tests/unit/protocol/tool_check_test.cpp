#include "protocol/client_message.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

TEST(CheckTools, RefusesFunctionsThatTheServiceRefuses)
{
    const auto refused = [](const char *declaration) {
        const std::string tools = std::string(R"([{"functionDeclarations":[)") + declaration + "]}]";
        return bool(check_tools(Flavour::gemini, json::parse(tools)));
    };
    EXPECT_FALSE(refused(R"({"name":"ns:get_weather.v1-a"})"));
    EXPECT_TRUE(refused("{}"));
    EXPECT_TRUE(refused("5"));
    EXPECT_TRUE(refused(R"({"name":""})"));
    EXPECT_TRUE(refused(R"({"name":"1st"})"));
    EXPECT_TRUE(refused(R"({"name":"get weather"})"));
    EXPECT_TRUE(refused((R"({"name":")" + std::string(65, 'a') + "\"}").c_str()));
    EXPECT_TRUE(refused(R"({"name":"f","parameters":{},"parametersJsonSchema":{}})"));
    EXPECT_TRUE(refused(R"({"name":"f"},{"name":"f"})"));
}

}  // namespace
}  // namespace gemlive::protocol::test
