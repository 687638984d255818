#include "contract.hpp"

// Brackets alone, 200 KB of them: whoever follows them exhausts the stack.
namespace {

std::string nested(size_t levels)
{
    return std::string(levels, '[') + std::string(levels, ']');
}

class NestedJson : public Contract {
protected:
    void expect_refused(gemlive_status status, const std::string &argument)
    {
        EXPECT_EQ(status, GEMLIVE_ERROR_INVALID_ARGUMENT);
        EXPECT_NE(last_error().find(argument), std::string::npos) << last_error();
        EXPECT_NE(last_error().find("more than 100 levels"), std::string::npos) << last_error();
    }

    const std::string deep_ = nested(100'000);
    const std::string object_ = R"({"text":)" + deep_ + "}";
};

TEST_F(NestedJson, IsRefusedAsAnOption)
{
    expect_refused(gemlive_options_set_tools(options(), deep_.c_str()), "tools");
    expect_refused(gemlive_options_set_json(options(), "setup", object_.c_str()), "setup");
    expect_refused(gemlive_options_from_json(options(), (R"({"tools":)" + deep_ + "}").c_str()), "options");
    expect_refused(gemlive_options_set_tools(options(), nested(101).c_str()), "tools");
}

TEST_F(NestedJson, IsRefusedByEveryCommand)
{
    gemlive_session *const session = unreachable_session();
    expect_refused(gemlive_session_send_text_json(session, object_.c_str(), nullptr), "json");
    expect_refused(gemlive_session_generate_reply_json(session, object_.c_str(), nullptr), "json");
    expect_refused(gemlive_session_tool_response(session, "call", deep_.c_str()), "output_json");
    expect_refused(gemlive_session_tool_response_json(session, object_.c_str()), "json");
    expect_refused(gemlive_session_close_json(session, object_.c_str()), "json");
    expect_refused(gemlive_session_send_raw(session, object_.c_str()), "raw message");
}

TEST_F(NestedJson, WithoutAnEndIsRefusedToo)
{
    const std::string open(200'000, '[');
    expect_refused(gemlive_options_set_tools(options(), open.c_str()), "tools");
    expect_refused(gemlive_session_send_raw(unreachable_session(), open.c_str()), "raw message");
}

TEST_F(NestedJson, AsATextIsText)
{
    size_t needed = 0;
    EXPECT_EQ(gemlive_json_quote(deep_.data(), deep_.size(), nullptr, 0, &needed), GEMLIVE_OK);
    EXPECT_EQ(needed, deep_.size() + 3);
}

// What fits as an option may not fit into the message that it becomes part of: said when the model is made.
TEST_F(NestedJson, ThatMakesTheSetupTooDeepIsRefusedBeforeAnythingIsDialled)
{
    gemlive_options *const tried = options();
    EXPECT_EQ(gemlive_options_set_api_key(tried, "key"), GEMLIVE_OK);
    EXPECT_EQ(gemlive_options_set_json(tried, "setup", (R"({"labels":)" + nested(99) + "}").c_str()), GEMLIVE_OK);
    gemlive_model *model = nullptr;
    expect_refused(gemlive_model_create(tried, &model), "setup");
    EXPECT_EQ(model, nullptr);
}

}  // namespace
