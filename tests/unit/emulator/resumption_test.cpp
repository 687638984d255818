// When a session can be resumed, and what it knows then.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

using ::testing::HasSubstr;

constexpr const char *half_cascade = "models/gemini-live-2.5-flash-preview";
constexpr const char *on_vertex = "projects/p/locations/l/publishers/google/models/gemini-live-2.5-flash";

Json resumable(const std::string &handle = "", const char *more = "{}")
{
    Json extra = Json::parse(more);
    extra["sessionResumption"] = Json::object();
    if (!handle.empty())
        extra["sessionResumption"]["handle"] = handle;
    return extra;
}

constexpr const char *one_tool = R"({"tools": [{"functionDeclarations": [{"name": "f"}]}]})";

// The updates so far: "handle" or "none".
std::vector<std::string> updates(const Theatre &theatre)
{
    std::vector<std::string> all;
    for (const Json &message : theatre.wire->messages) {
        if (message.contains("sessionResumptionUpdate")) {
            const Json &update = message["sessionResumptionUpdate"];
            EXPECT_EQ(update.contains("newHandle"), update.contains("resumable"));
            all.emplace_back(update.contains("newHandle") ? "handle" : "none");
        }
    }
    return all;
}

std::string newest_handle(const Theatre &theatre)
{
    std::string handle;
    for (const Json &message : theatre.wire->messages)
        handle = message.value("/sessionResumptionUpdate/newHandle"_json_pointer, handle);
    return handle;
}

Json answer_to(const Theatre &theatre)
{
    Json message;
    Json &response = message["toolResponse"]["functionResponses"][0];
    response["id"] = theatre.find("toolCall")["functionCalls"][0]["id"];
    response["name"] = "f";
    response["response"] = Json::object();
    return message;
}

using Updates = std::vector<std::string>;

TEST(Resumption, NoHandleHoldsWhileAReplyIsMade)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade, resumable());
    EXPECT_EQ(updates(theatre), (Updates{"handle"}));
    theatre.write("hi");
    theatre.pass(400);
    EXPECT_EQ(updates(theatre), (Updates{"handle", "none"}));
    theatre.pass(60'000);
    EXPECT_EQ(updates(theatre), (Updates{"handle", "none", "handle"}));
    EXPECT_EQ(theatre.story().back(), "sessionResumptionUpdate") << "it comes after turnComplete";
}

TEST(Resumption, NorWhileACallIsOpen)
{
    for (const char *url : {gemini_url, vertex_url}) {
        SCOPED_TRACE(url);
        Theatre theatre;
        theatre.connect(url);
        theatre.setup(url == gemini_url ? half_cascade : on_vertex, resumable("", one_tool));
        theatre.write("hi");
        theatre.pass(60'000);
        ASSERT_EQ(theatre.count("toolCall"), 1u);
        EXPECT_EQ(updates(theatre), (Updates{"handle", "none"}));
        theatre.client(answer_to(theatre));
        theatre.pass(60'000);
        EXPECT_EQ(updates(theatre), (Updates{"handle", "none", "handle"}));
    }
}

TEST(Resumption, ASilentAnswerMakesTheSessionResumableToo)
{
    Theatre theatre;
    theatre.connect(vertex_url);
    theatre.setup("projects/p/locations/l/publishers/google/models/gemini-3.8-live", resumable("", one_tool));
    theatre.write("hi");
    theatre.pass(60'000);
    ASSERT_EQ(updates(theatre).back(), "none");
    Json answer = answer_to(theatre);
    answer["toolResponse"]["functionResponses"][0]["scheduling"] = "SILENT";
    theatre.client(answer);
    theatre.pass(60'000);
    EXPECT_EQ(updates(theatre).back(), "handle");
}

TEST(Resumption, WhoDidNotAskIsNotToldOfAWithdrawal)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup("models/gemini-3.8-live");
    theatre.write("hi");
    theatre.pass(60'000);
    EXPECT_EQ(updates(theatre), (Updates{"handle", "handle"}));
}

TEST(Resumption, EarlierTurnsCountAndInstructionsCountOnce)
{
    const char *instructions =
        R"({"systemInstruction": {"parts": [{"text": "0123456789012345678901234567890123456789"}]}})";
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade, resumable("", instructions));
    theatre.write("12345678");
    theatre.pass(60'000);
    const Json first = theatre.find("usageMetadata");
    EXPECT_EQ(first["promptTokenCount"], 10 + 2);
    const std::string handle = newest_handle(theatre);

    theatre.connect();
    theatre.setup(half_cascade, resumable(handle, instructions));
    theatre.write("12345678");
    theatre.pass(60'000);
    const Json second = theatre.find("usageMetadata");
    EXPECT_EQ(second["promptTokenCount"],
              first["promptTokenCount"].get<int>() + first["responseTokenCount"].get<int>() + 2);
}

TEST(Resumption, WhatCameAfterTheHandleIsLost)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade, resumable());
    const std::string handle = newest_handle(theatre);
    theatre.write("12345678");
    theatre.pass(400);
    theatre.connect();
    theatre.setup(half_cascade, resumable(handle));
    theatre.write("1234");
    theatre.pass(60'000);
    EXPECT_EQ(theatre.find("usageMetadata")["promptTokenCount"], 1);
}

TEST(Resumption, AnotherModelCannotTakeTheSession)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade, resumable());
    const std::string handle = newest_handle(theatre);
    theatre.connect();
    theatre.setup("models/gemini-3.8-live", resumable(handle));
    EXPECT_EQ(theatre.wire->close_code, 1007);
}

}  // namespace
}  // namespace gemlive::emulator::test
