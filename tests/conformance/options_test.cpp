#include "contract.hpp"

#include <thread>

namespace {

using Options = Contract;
using Errors = Contract;

TEST_F(Options, AWrongNameIsRefusedWithTheNearestRightOne)
{
    EXPECT_EQ(gemlive_options_set_string(options(), "instuctions", "Be brief."), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_NE(last_error().find("instructions"), std::string::npos) << last_error();
}

TEST_F(Options, TheFirstErrorComesAgainFromWhatIsMadeWithThem)
{
    gemlive_options *wrong = options();
    EXPECT_EQ(gemlive_options_set_double(wrong, "temperature", 1000.0), GEMLIVE_ERROR_INVALID_ARGUMENT);
    const std::string said = last_error();
    EXPECT_NE(said.find("temperature"), std::string::npos) << said;
    EXPECT_EQ(gemlive_options_set_string(wrong, "no_such_option", "1"), GEMLIVE_ERROR_INVALID_ARGUMENT);

    gemlive_model *model = reinterpret_cast<gemlive_model *>(1);
    EXPECT_EQ(gemlive_model_create(wrong, &model), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(model, nullptr);
    EXPECT_EQ(last_error(), said);

    gemlive_session *session = reinterpret_cast<gemlive_session *>(1);
    EXPECT_EQ(gemlive_session_create(unreachable_model(), wrong, &session), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(session, nullptr);
    EXPECT_EQ(last_error(), said);
}

TEST_F(Options, FromJsonChangesNothingWhenOneIsRefused)
{
    gemlive_options *tried = options();
    EXPECT_EQ(gemlive_options_from_json(tried, R"({"voice": "Kore", "no_such_option": 1})"),
              GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_NE(last_error().find("no_such_option"), std::string::npos) << last_error();
    EXPECT_EQ(gemlive_options_from_json(tried, "[]"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_options_from_json(tried, "{"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_options_from_json(options(), R"({"voice": "Kore", "temperature": 0.5, "max_retries": 1})"),
              GEMLIVE_OK);
}

TEST_F(Options, TextIsRefusedWhenItIsNotUtf8)
{
    EXPECT_EQ(gemlive_options_set_instructions(options(), "caf\xe9"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_options_set_instructions(options(), "caf\xc3\xa9"), GEMLIVE_OK);
}

TEST_F(Options, EveryTypedSetterChecksTheType)
{
    EXPECT_EQ(gemlive_options_set_int(options(), "voice", 1), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_options_set_json(options(), "max_retries", "\"three\""), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_options_set_tools(options(), "{"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_options_set_string(options(), "max_retries", "2"), GEMLIVE_OK);
    EXPECT_EQ(gemlive_options_set_int(options(), "max_retries", -1), GEMLIVE_ERROR_INVALID_ARGUMENT);
}

TEST_F(Options, AUrlThatIsNoneIsSaidBeforeAnythingIsDialled)
{
    gemlive_options *wrong = options();
    gemlive_options_set_string(wrong, "base_url", "http:/nowhere");
    gemlive_model *model = nullptr;
    EXPECT_EQ(gemlive_model_create(wrong, &model), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(model, nullptr);
}

TEST_F(Errors, TheMessageBelongsToTheThread)
{
    gemlive_options_set_string(options(), "no_such_option", "1");
    const std::string here = last_error();
    EXPECT_FALSE(here.empty());
    std::string there = "not read";
    std::thread([&] { there = last_error(); }).join();
    EXPECT_EQ(there, "");
    EXPECT_EQ(last_error(), here);
}

TEST_F(Errors, SuccessDoesNotClearTheMessage)
{
    gemlive_options_set_string(options(), "no_such_option", "1");
    const std::string said = last_error();
    EXPECT_EQ(gemlive_options_set_voice(options(), "Kore"), GEMLIVE_OK);
    EXPECT_EQ(last_error(), said);
}

TEST_F(Errors, EveryStatusHasItsName)
{
    EXPECT_STREQ(gemlive_status_name(GEMLIVE_OK), "GEMLIVE_OK");
    EXPECT_STREQ(gemlive_status_name(GEMLIVE_ERROR_WOULD_DEADLOCK), "GEMLIVE_ERROR_WOULD_DEADLOCK");
    EXPECT_STREQ(gemlive_status_name(-1000), "GEMLIVE_ERROR_INTERNAL");
    EXPECT_STREQ(gemlive_status_name(1), "GEMLIVE_ERROR_INTERNAL");
}

TEST_F(Errors, EveryEventTypeHasItsWord)
{
    EXPECT_STREQ(gemlive_event_type_name(GEMLIVE_EVENT_CONNECTING), "connecting");
    EXPECT_STREQ(gemlive_event_type_name(GEMLIVE_EVENT_CLOSED), "closed");
    for (int32_t type = GEMLIVE_EVENT_CONNECTING; type <= GEMLIVE_EVENT_CLOSED; ++type) {
        EXPECT_STRNE(gemlive_event_type_name(type), "unknown") << type;
    }
    EXPECT_STREQ(gemlive_event_type_name(GEMLIVE_EVENT_CLOSED + 1), "unknown");
    EXPECT_STREQ(gemlive_event_type_name(0), "unknown");
}

TEST_F(Errors, FeaturesAreTheCommandsThatExist)
{
    for (const char *command : {"send_text", "generate_reply", "tool_response", "push_image", "send_raw", "close",
                                "interrupt", "push_audio", "read_audio", "write_audio", "get_tools", "get_capabilities",
                                "update_instructions", "update_tools", "update_options", "update_model_options",
                                "update_chat_context", "truncate", "get_chat_context", "get_open_calls", "save", "push_video"}) {
        EXPECT_EQ(gemlive_has_feature(command), 1) << command;
    }
    for (const char *command : {"pause", "", "send"}) {
        EXPECT_EQ(gemlive_has_feature(command), 0) << command;
    }
    EXPECT_EQ(gemlive_has_feature(nullptr), 0);
}

TEST_F(Errors, TheVersionIsTheHeaders)
{
    EXPECT_EQ(gemlive_version_number(), GEMLIVE_VERSION_NUMBER);
    EXPECT_EQ(gemlive_version_string(), std::to_string(GEMLIVE_VERSION_MAJOR) + "." +
                                            std::to_string(GEMLIVE_VERSION_MINOR) + "." +
                                            std::to_string(GEMLIVE_VERSION_PATCH));
}

}  // namespace
