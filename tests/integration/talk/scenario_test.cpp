#include "scenario.hpp"

#include <gtest/gtest.h>

#include <fstream>

using namespace gemlive::talk;

namespace {

std::string write(const std::string &text)
{
    const std::string path = testing::TempDir() + "/talk-scenario.json";
    std::ofstream(path) << text;
    return path;
}

std::string refusal(const std::string &text)
{
    try {
        read_scenario(write(text));
    } catch (const UsageError &error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST(Scenario, ItsOptionsWinOverTheCommandLine)
{
    const Scenario scenario = read_scenario(write(
        R"({"session": {"voice": "Kore", "temperature": 0.5, "ca_file": "ca.pem"},
            "client": [{"do": "close"}]})"));
    Options options = parse_options({"--voice", "Puck"});
    apply(scenario, options);
    ASSERT_EQ(options.library.size(), 4u);
    EXPECT_EQ(options.library[0].value, "Puck");
    EXPECT_EQ(options.library[1].value, "Kore");
    EXPECT_EQ(options.library[3].value, (scenario.folder / "ca.pem").string());
    EXPECT_EQ(scenario.client.size(), 1u);
}

TEST(Scenario, WrongPartsAreRefusedWithTheirPath)
{
    EXPECT_NE(refusal("[]").find("$ has to be an object"), std::string::npos);
    EXPECT_NE(refusal("{").find("is not JSON"), std::string::npos);
    EXPECT_NE(refusal(R"({"clients": []})").find("$.clients is no part of a scenario"), std::string::npos);
    EXPECT_NE(refusal(R"({"about": 1})").find("$.about has to be a string"), std::string::npos);
    EXPECT_NE(refusal(R"({"session": []})").find("$.session has to be an object"), std::string::npos);
    EXPECT_NE(refusal(R"({"client": {}})").find("$.client has to be a list"), std::string::npos);
    EXPECT_NE(refusal(R"({"client": [{"do": "close"}, {}]})").find("$.client[1] has to be"), std::string::npos);
    EXPECT_NE(refusal(R"({"expect": [1]})").find("$.expect[0] has to be"), std::string::npos);
}
