#include "protocol/close_code.hpp"

#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

// The retry class in the words of the vectors.
std::string words_of(RetryClass retry)
{
    switch (retry) {
    case RetryClass::retry: return "yes";
    case RetryClass::retry_longer: return "after a long wait";
    case RetryClass::retry_without_handle: return "yes without handle";
    case RetryClass::alter: return "alter";
    case RetryClass::fatal: return "no";
    }
    return "";
}

bool agrees(const Verdict &verdict, const json &entry)
{
    const std::string wanted = entry.at("retry");
    const std::string found = words_of(verdict.retry);
    // Alter means: look at the HTTP status, of which a close knows nothing; else retry. A longer wait is a retry
    // too.
    return found == wanted || (found == "yes" && (wanted == "yes if unexpected" || wanted == "alter")) ||
           (found == "after a long wait" && wanted == "yes" &&
            entry.value("retry_text", "").find("longer") != std::string::npos);
}

TEST(CloseCodes, OfTheVectors)
{
    size_t reasons = 0;
    for (const auto &file : vector_files("close_codes.json")) {
        for (const json &entry : load(file)) {
            json examples = entry.at("reason_examples");
            if (examples.empty()) {
                examples.push_back("");
            }
            for (const json &reason : examples) {
                for (const Phase phase : {Phase::setup, Phase::running}) {
                    ++reasons;
                    const Verdict verdict =
                        classify_close(phase, entry.at("code"), reason.get<std::string>(), false);
                    EXPECT_TRUE(agrees(verdict, entry)) << entry << words_of(verdict.retry);
                    EXPECT_NE(verdict.status, Status::ok);
                }
            }
        }
    }
    EXPECT_GT(reasons, 0u);
}

TEST(CloseCodes, AResumeThatIsRefusedIsTriedWithoutTheHandle)
{
    const auto retry = [](Phase phase, int code, const char *reason, bool with_handle) {
        return classify_close(phase, code, reason, with_handle).retry;
    };
    const char *const invalid = "Request contains an invalid argument.";
    EXPECT_EQ(retry(Phase::setup, 1007, invalid, true), RetryClass::retry_without_handle);
    EXPECT_EQ(retry(Phase::setup, 1007, invalid, false), RetryClass::fatal);
    EXPECT_EQ(retry(Phase::running, 1007, invalid, true), RetryClass::fatal);
    EXPECT_EQ(retry(Phase::setup, 1007, "API key not valid. Please", true), RetryClass::fatal);
    EXPECT_EQ(retry(Phase::setup, 1008, "whatever", true), RetryClass::retry_without_handle);
    EXPECT_EQ(retry(Phase::running, 1008, "whatever", true), RetryClass::fatal);
}

TEST(CloseCodes, TellAuthenticationQuotaAndProtocolApart)
{
    const auto status = [](int code, const char *reason) {
        return classify_close(Phase::running, code, reason, false).status;
    };
    EXPECT_EQ(status(1007, "API key expired. Please renew the API key."), Status::auth);
    EXPECT_EQ(status(1008, "Method doesn't allow unregistered callers (callers"), Status::auth);
    EXPECT_EQ(status(1011, "You exceeded your current quota, please check"), Status::quota);
    EXPECT_EQ(status(1007, "Invalid JSON payload received. Unknown name \"x\" at 'setup'"), Status::protocol);
    EXPECT_EQ(status(1008, "models/x is not found for API version v1beta"), Status::unsupported);
    EXPECT_EQ(status(1006, ""), Status::network);
}

TEST(CloseCodes, NameTheRefusedField)
{
    const char *const reason = "Invalid JSON payload received. Unknown name \"contextUpdate\": Cannot find field.";
    EXPECT_EQ(refused_field(reason), "contextUpdate");
    EXPECT_EQ(classify_close(Phase::running, 1007, reason, false).retry, RetryClass::alter);
    EXPECT_EQ(refused_field("Unknown name \"cut in the midd"), "cut in the midd");
    EXPECT_EQ(refused_field("Request contains an invalid argument."), "");
}

TEST(HttpStatus, HasAClass)
{
    const std::map<int, RetryClass> wanted = {
        {200, RetryClass::fatal}, {302, RetryClass::fatal}, {400, RetryClass::fatal}, {401, RetryClass::alter},
        {403, RetryClass::fatal}, {404, RetryClass::fatal}, {407, RetryClass::fatal}, {418, RetryClass::fatal},
        {429, RetryClass::retry_longer}, {500, RetryClass::retry}, {502, RetryClass::retry},
        {503, RetryClass::retry}, {504, RetryClass::retry}};
    for (const auto &[status, retry] : wanted) {
        EXPECT_EQ(classify_http(status, "").retry, retry) << status;
    }
    EXPECT_EQ(classify_http(401, "").status, Status::auth);
    EXPECT_EQ(classify_http(403, "").status, Status::auth);
    EXPECT_EQ(classify_http(429, "").status, Status::quota);
    EXPECT_EQ(classify_http(400, "API key not valid. Please pass a valid API key.").status, Status::auth);
}

TEST(RestErrors, OfTheVectors)
{
    for (const auto &file : vector_files("rest.json")) {
        for (const json &entry : load(file)) {
            if (entry.value("kind", "") != "HTTP error body at the upgrade") {
                continue;
            }
            const auto error = parse_rest_error(entry.at("json").dump());
            ASSERT_TRUE(error) << entry;
            EXPECT_EQ(error->code, entry["expect"]["code"]);
            EXPECT_EQ(error->status, entry["expect"]["status"]);
            EXPECT_EQ(error->retry_delay_ms.value_or(-1), entry["expect"].value("retry_delay_ms", -1));
            const Verdict verdict = classify_http(static_cast<int>(error->code), error->message);
            EXPECT_EQ(verdict.retry != RetryClass::fatal, entry["expect"].value("retry", true));
        }
    }
}

TEST(RestErrors, TakeAnyBody)
{
    for (const char *body : {"", "<html>", "[]", "{}", "{\"error\":\"text\"}", "[1]", "{\"error\":[]}"}) {
        EXPECT_FALSE(parse_rest_error(body)) << body;
    }
    const auto error =
        parse_rest_error(R"([{"error":{"code":"x","message":5,"details":[1,{"retryDelay":"soon"}]}}])");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message, "");
    EXPECT_FALSE(error->retry_delay_ms);
}

}  // namespace
}  // namespace gemlive::protocol::test
