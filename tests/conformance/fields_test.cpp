#include "contract.hpp"

#include <limits>

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using Fields = Contract;

std::string field(const gemlive_event *event, const std::string &name)
{
    size_t length = 0;
    const char *const text = gemlive_event_field(event, name.c_str(), &length);
    return {text, length};
}

TEST_F(Fields, EveryOneOfAnEventsJsonIsFoundByItsName)
{
    gemlive_session *const without_key = keyless_session();
    gemlive_event *event = nullptr;
    size_t fields = 0;
    while (gemlive_session_poll_event(without_key, 20000, &event) == GEMLIVE_OK) {
        const json shown = json::parse(gemlive_event_json(event, nullptr));
        for (const auto &[name, value] : shown.items()) {
            EXPECT_EQ(field(event, name), value.is_string() ? value.get<std::string>() : value.dump()) << name;
            const int64_t whole = value.is_boolean() ? value.get<bool>() : value.is_number_integer() ? value.get<int64_t>() : -7;
            EXPECT_EQ(gemlive_event_field_int(event, name.c_str(), -7), whole) << name;
            EXPECT_EQ(gemlive_event_field_double(event, name.c_str(), -0.5), value.is_number() ? value.get<double>() : -0.5)
                << name;
            EXPECT_EQ(gemlive_event_has_field(event, name.c_str()), 1) << name;
            ++fields;
        }
        gemlive_event_release(event);
    }
    EXPECT_GT(fields, 10u);
}

TEST_F(Fields, OfATextStayWhereTheyAreUntilTheEventIsReleased)
{
    gemlive_event *const closed = await(keyless_session(), GEMLIVE_EVENT_CLOSED);
    const char *const totals = gemlive_event_field(closed, "totals", nullptr);
    EXPECT_EQ(totals[0], '{');
    EXPECT_EQ(gemlive_event_field(closed, "totals", nullptr), totals);
    EXPECT_STREQ(gemlive_event_field(closed, "message", nullptr), gemlive_event_message(closed, nullptr));
    gemlive_event_release(closed);
}

TEST_F(Fields, ThatAreNotThereAnswerWithNothing)
{
    gemlive_event *const closed = await(keyless_session(), GEMLIVE_EVENT_CLOSED);
    EXPECT_EQ(field(closed, "prompt_tokens"), "");
    EXPECT_EQ(field(closed, ""), "");
    EXPECT_EQ(gemlive_event_has_field(closed, "prompt_tokens"), 0);
    EXPECT_EQ(gemlive_event_has_field(closed, nullptr), 0);
    EXPECT_EQ(gemlive_event_has_field(closed, "message"), 1) << "also where it is empty";
    EXPECT_EQ(gemlive_event_field_int(closed, "prompt_tokens", 5), 5);
    EXPECT_EQ(gemlive_event_field_double(closed, "reason", 2.5), 2.5) << "a text is no number";
    size_t length = 9;
    EXPECT_STREQ(gemlive_event_field(closed, nullptr, &length), "");
    EXPECT_EQ(length, 0u);
    gemlive_event_release(closed);
    EXPECT_EQ(field(closed, "reason"), "") << "released";
    EXPECT_EQ(gemlive_event_field_int(nullptr, "seq", 3), 3);
}

std::string quoted(const std::string &text)
{
    size_t needed = 0;
    EXPECT_EQ(gemlive_json_quote(text.data(), text.size(), nullptr, 0, &needed), GEMLIVE_OK);
    std::vector<char> buffer(needed);
    EXPECT_EQ(gemlive_json_quote(text.data(), text.size(), buffer.data(), buffer.size(), nullptr), GEMLIVE_OK);
    return buffer.data();
}

TEST_F(Fields, AJsonStringIsWrittenFromAnyText)
{
    using namespace std::string_literals;
    EXPECT_EQ(quoted(""), R"("")");
    EXPECT_EQ(quoted("say \"hi\"\n"), R"("say \"hi\"\n")");
    EXPECT_EQ(quoted("a\0b"s), "\"a\\u0000b\"");
    EXPECT_EQ(quoted("\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\"");

    char small[3] = "xx";
    size_t needed = 0;
    EXPECT_EQ(gemlive_json_quote("ab", 2, small, sizeof small, &needed), GEMLIVE_ERROR_TOO_SMALL);
    EXPECT_EQ(needed, 5u);
    EXPECT_STREQ(small, "xx");
    EXPECT_EQ(gemlive_json_quote("\xED\xA0\x80", 3, nullptr, 0, &needed), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(needed, 0u);
    EXPECT_EQ(gemlive_json_quote(nullptr, 1, nullptr, 0, nullptr), GEMLIVE_ERROR_INVALID_ARGUMENT);
}

TEST_F(Fields, ATextWithItsLengthMayContainNulAndNothingThatIsNotUtf8)
{
    EXPECT_EQ(gemlive_options_set_string_n(options(), "instructions", "a\0b", 3), GEMLIVE_OK);
    EXPECT_EQ(gemlive_options_set_string_n(options(), "instructions", "a\xFF", 2), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_options_set_string_n(options(), "instructions", "a\xFF", 1), GEMLIVE_OK);
    gemlive_session *const unreachable = unreachable_session();
    uint64_t request = 0;
    EXPECT_EQ(gemlive_session_send_text_n(unreachable, "a\0b", 3, &request), GEMLIVE_OK);
    EXPECT_EQ(request, 1u);
    EXPECT_EQ(gemlive_session_send_text_n(unreachable, "\xED\xA0\x80", 3, &request), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(request, 0u);
    EXPECT_EQ(gemlive_session_generate_reply_n(unreachable, "a\0b", 3, &request), GEMLIVE_OK);
    EXPECT_EQ(request, 2u);
    EXPECT_EQ(gemlive_session_generate_reply_n(unreachable, nullptr, 0, nullptr), GEMLIVE_OK);
}

}  // namespace
