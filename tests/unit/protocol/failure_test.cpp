#include "protocol/failure.hpp"

#include "base/secrets.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

// The retry class in the words of the vectors.
std::string words_of(RetryClass retry)
{
    switch (retry) {
    case RetryClass::retry:
        return "yes";
    case RetryClass::retry_longer:
        return "after a long wait";
    case RetryClass::retry_without_handle:
        return "yes without handle";
    case RetryClass::retry_once:
        return "no";  // the vectors know no session that has worked so far
    case RetryClass::alter:
        return "alter";
    case RetryClass::fatal:
        return "no";
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

FailureFacts closed(Phase phase, int code, std::string_view reason, bool with_handle = false)
{
    FailureFacts facts;
    facts.phase = phase;
    facts.ever_connected = phase == Phase::running;
    facts.close_code = code;
    facts.close_reason = reason;
    facts.with_handle = with_handle;
    return facts;
}

// `body` has to live as long as the facts.
FailureFacts answered(int status, std::string_view body = {}, bool ever_connected = false)
{
    FailureFacts facts;
    facts.http_status = status;
    facts.http_body = body;
    facts.ever_connected = ever_connected;
    return facts;
}

FailureFacts seen(Cause cause, bool ever_connected = false)
{
    FailureFacts facts;
    facts.cause = cause;
    facts.ever_connected = ever_connected;
    facts.detail = "what the system says";
    return facts;
}

constexpr const char *forbidden =
    R"({"error":{"code":403,"message":"Permission denied.","status":"PERMISSION_DENIED"}})";
constexpr const char *login_page = "<html><body>Per day 5 EUR. API key not valid</body></html>";

TEST(Failure, CloseCodesOfTheVectors)
{
    size_t reasons = 0;
    for (const auto &file : vector_files("close_codes.json")) {
        for (const json &entry : load(file)) {
            json examples = entry.at("reason_examples");
            if (examples.empty()) {
                examples.push_back("");
            }
            for (const json &example : examples) {
                for (const Phase phase : {Phase::setup, Phase::running}) {
                    ++reasons;
                    const std::string reason = example.get<std::string>();
                    const Verdict verdict = judge(closed(phase, entry.at("code"), reason));
                    EXPECT_TRUE(agrees(verdict, entry)) << entry << words_of(verdict.retry);
                    EXPECT_NE(verdict.status, Status::ok);
                    EXPECT_NE(verdict.sentence.find(reason), std::string::npos) << verdict.sentence;
                }
            }
        }
    }
    EXPECT_GT(reasons, 0u);
}

TEST(Failure, AResumeThatIsRefusedIsTriedWithoutTheHandle)
{
    const auto retry = [](Phase phase, int code, const char *reason, bool with_handle) {
        return judge(closed(phase, code, reason, with_handle)).retry;
    };
    const char *const invalid = "Request contains an invalid argument.";
    EXPECT_EQ(retry(Phase::setup, 1007, invalid, true), RetryClass::retry_without_handle);
    EXPECT_EQ(retry(Phase::setup, 1007, invalid, false), RetryClass::fatal);
    EXPECT_EQ(retry(Phase::setup, 1007, "API key not valid. Please", true), RetryClass::fatal);
    EXPECT_EQ(retry(Phase::setup, 1008, "whatever", true), RetryClass::retry_without_handle);
    EXPECT_EQ(retry(Phase::running, 1008, "whatever", true), RetryClass::fatal);
}

TEST(Failure, A1007InMidSessionIsTriedOnce)
{
    for (const char *reason : {"Request contains an invalid argument.", "", "Something new."}) {
        EXPECT_EQ(judge(closed(Phase::running, 1007, reason, true)).retry, RetryClass::retry_once) << reason;
    }
    EXPECT_EQ(judge(closed(Phase::running, 1007, "Precondition check failed.", true)).retry, RetryClass::fatal);
}

TEST(Failure, TellsAuthenticationQuotaAndProtocolApart)
{
    const auto status = [](int code, const char *reason) {
        return judge(closed(Phase::running, code, reason)).status;
    };
    EXPECT_EQ(status(1007, "API key expired. Please renew the API key."), Status::auth);
    EXPECT_EQ(status(1008, "Method doesn't allow unregistered callers (callers"), Status::auth);
    EXPECT_EQ(status(1008, "Your API key was reported as leaked. Please use another API key."), Status::auth);
    EXPECT_EQ(status(1011, "You exceeded your current quota, please check"), Status::quota);
    EXPECT_EQ(status(1011, "Your project has exceeded its monthly spending cap."), Status::quota);
    EXPECT_EQ(status(1007, "Invalid JSON payload received. Unknown name \"x\" at 'setup'"), Status::protocol);
    EXPECT_EQ(status(1008, "models/x is not found for API version v1beta"), Status::unsupported);
    EXPECT_EQ(status(1006, ""), Status::network);
}

TEST(Failure, SuspendedIsNotSpend)
{
    const Verdict verdict = judge(closed(Phase::setup, 1008, "Consumer 'api_key:x' has been suspended."));
    EXPECT_EQ(verdict.status, Status::auth);
    EXPECT_EQ(judge(closed(Phase::running, 1011, "The request was suspended.")).retry, RetryClass::retry);
}

TEST(Failure, NamesTheRefusedField)
{
    const char *const reason = "Invalid JSON payload received. Unknown name \"contextUpdate\": Cannot find field.";
    EXPECT_EQ(refused_field(reason), "contextUpdate");
    EXPECT_EQ(judge(closed(Phase::running, 1007, reason)).retry, RetryClass::alter);
    EXPECT_EQ(refused_field("Unknown name \"cut in the midd"), "cut in the midd");
    EXPECT_EQ(refused_field("Request contains an invalid argument."), "");
}

TEST(Failure, HttpAtTheFirstDial)
{
    const std::map<int, RetryClass> wanted = {
        {101, RetryClass::fatal},        {200, RetryClass::fatal}, {302, RetryClass::fatal},
        {400, RetryClass::fatal},        {401, RetryClass::alter}, {403, RetryClass::fatal},
        {404, RetryClass::fatal},        {407, RetryClass::fatal}, {408, RetryClass::retry},
        {409, RetryClass::retry},        {418, RetryClass::fatal}, {425, RetryClass::retry},
        {429, RetryClass::retry_longer}, {499, RetryClass::retry}, {500, RetryClass::retry},
        {501, RetryClass::fatal},        {502, RetryClass::retry}, {503, RetryClass::retry},
        {504, RetryClass::retry},        {599, RetryClass::retry}};
    for (const auto &[status, retry] : wanted) {
        EXPECT_EQ(judge(answered(status)).retry, retry) << status;
        EXPECT_EQ(judge(answered(status, login_page)).retry, retry) << status;
    }
    EXPECT_EQ(judge(answered(401)).status, Status::auth);
    EXPECT_EQ(judge(answered(403)).status, Status::auth);
    EXPECT_EQ(judge(answered(404)).status, Status::unsupported);
    EXPECT_EQ(judge(answered(429)).status, Status::quota);
    EXPECT_EQ(
        judge(answered(400, R"({"error":{"message":"API key not valid. Please pass a valid API key."}})")).status,
        Status::auth);
}

// A captive portal, a proxy that was switched on: what a session meets that worked a minute ago.
TEST(Failure, AnAnswerOfSomethingElseBelongsToTheBudgetOnceTheSessionWorked)
{
    for (const int status : {200, 204, 301, 302, 307, 400, 401, 403, 404, 407, 418, 451}) {
        EXPECT_EQ(judge(answered(status, login_page, true)).retry, RetryClass::retry) << status;
        EXPECT_NE(judge(answered(status, "", true)).sentence.find("login page"), std::string::npos) << status;
    }
    // The service itself says no.
    EXPECT_EQ(judge(answered(403, forbidden, true)).retry, RetryClass::fatal);
    EXPECT_EQ(judge(answered(401, R"({"error":{"code":401,"message":"m"}})", true)).retry, RetryClass::alter);
    EXPECT_EQ(judge(answered(429, login_page, true)).retry, RetryClass::retry_longer);
    EXPECT_EQ(judge(answered(503, login_page, true)).retry, RetryClass::retry);
}

TEST(Failure, OfTheProxy)
{
    const auto proxy = [](int status, bool ever_connected) {
        FailureFacts facts = answered(status, forbidden, ever_connected);
        facts.from_proxy = true;
        return judge(facts);
    };
    EXPECT_EQ(proxy(407, false).retry, RetryClass::fatal);
    EXPECT_EQ(proxy(407, false).status, Status::auth);
    EXPECT_EQ(proxy(403, false).retry, RetryClass::fatal);
    EXPECT_EQ(proxy(407, true).retry, RetryClass::retry);
    EXPECT_EQ(proxy(502, false).retry, RetryClass::retry);
    EXPECT_EQ(proxy(429, false).retry, RetryClass::retry_longer);
}

TEST(Failure, OfTheNetwork)
{
    const std::map<Cause, std::tuple<RetryClass, RetryClass, Status>> wanted = {
        {Cause::none, {RetryClass::retry, RetryClass::retry, Status::network}},
        {Cause::not_allowed, {RetryClass::fatal, RetryClass::fatal, Status::invalid_argument}},
        {Cause::no_credential, {RetryClass::fatal, RetryClass::fatal, Status::auth}},
        {Cause::credential_unreachable, {RetryClass::retry, RetryClass::retry, Status::network}},
        {Cause::name_lookup, {RetryClass::retry, RetryClass::retry, Status::network}},
        {Cause::unreachable, {RetryClass::retry, RetryClass::retry, Status::network}},
        {Cause::proxy, {RetryClass::retry, RetryClass::retry, Status::network}},
        {Cause::certificate, {RetryClass::fatal, RetryClass::retry, Status::tls}},
        {Cause::tls, {RetryClass::fatal, RetryClass::retry, Status::tls}},
        {Cause::not_web_socket, {RetryClass::retry, RetryClass::retry, Status::protocol}},
        {Cause::timeout, {RetryClass::retry, RetryClass::retry, Status::timeout}},
        {Cause::lost, {RetryClass::retry, RetryClass::retry, Status::network}},
        {Cause::silent, {RetryClass::retry, RetryClass::retry, Status::network}},
        {Cause::too_big, {RetryClass::retry, RetryClass::retry, Status::protocol}},
        {Cause::memory, {RetryClass::retry, RetryClass::retry, Status::out_of_memory}},
        {Cause::internal, {RetryClass::retry, RetryClass::retry, Status::internal}}};
    for (const auto &[cause, expected] : wanted) {
        const auto &[first, later, status] = expected;
        EXPECT_EQ(judge(seen(cause)).retry, first) << static_cast<int>(cause);
        EXPECT_EQ(judge(seen(cause, true)).retry, later) << static_cast<int>(cause);
        EXPECT_EQ(judge(seen(cause)).status, status) << static_cast<int>(cause);
    }
}

TEST(Failure, SaysWhatHappenedInOneSentence)
{
    EXPECT_EQ(judge(closed(Phase::running, 1011, "Internal error encountered.")).sentence,
              "the server closed the connection with 1011: Internal error encountered.");
    EXPECT_EQ(judge(closed(Phase::running, 1006, "")).sentence, "the connection ended without a close frame");
    EXPECT_EQ(judge(closed(Phase::running, 1005, "")).sentence, "the server closed the connection without a code");
    EXPECT_EQ(judge(answered(403, forbidden)).sentence, "the server answered HTTP 403: Permission denied. (The "
                                                        "API is disabled, or this credential may not use it.)");
    EXPECT_EQ(judge(answered(302, login_page)).sentence,
              "the server answered HTTP 302 (The server redirects: check the base URL.)");
    FailureFacts lost = closed(Phase::running, 1006, "");
    lost.cause = Cause::lost;
    lost.detail = "the connection was lost: Connection reset by peer";
    EXPECT_EQ(judge(lost).sentence, lost.detail);
    EXPECT_EQ(judge(seen(Cause::certificate)).sentence, "what the system says");
    EXPECT_EQ(judge(FailureFacts()).sentence, "the connection failed");
}

TEST(Failure, KeepsSecretsOutOfTheSentence)
{
    const Secrets::Guard guard("AIzaSecretKey");
    const Verdict verdict = judge(closed(Phase::setup, 1007, "API key AIzaSecretKey is unknown"));
    EXPECT_EQ(verdict.sentence.find("AIzaSecretKey"), std::string::npos) << verdict.sentence;
}

TEST(Failure, TakesTheServersWishForADelay)
{
    const std::string body =
        R"({"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo",)"
        R"("retryDelay":"25.5s"}]}})";
    FailureFacts facts = answered(429, body);
    EXPECT_EQ(judge(facts).retry_after_ms, 25'500);
    facts.retry_after = "30";
    EXPECT_EQ(judge(facts).retry_after_ms, 30'000);
    facts.retry_after = "soon";
    EXPECT_EQ(judge(facts).retry_after_ms, 25'500);
    facts.http_body = "";
    EXPECT_EQ(judge(facts).retry_after_ms, std::nullopt);
}

TEST(Failure, ReadsRetryAfterInBothForms)
{
    EXPECT_EQ(parse_retry_after("120", 0), 120'000);
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111767), 10'000);
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111777 + 1), 0);
    for (const char *text : {"", "-1", "1.5", "12 s", "99999999999", "Sun, 31 Feb 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 xx:49:37 GMT", "tomorrow"}) {
        EXPECT_EQ(parse_retry_after(text, 0), std::nullopt) << text;
    }
}

TEST(RestErrors, OfTheVectors)
{
    for (const auto &file : vector_files("rest.json")) {
        for (const json &entry : load(file)) {
            if (entry.value("kind", "") != "HTTP error body at the upgrade") {
                continue;
            }
            const std::string body = entry.at("json").dump();
            const auto error = parse_rest_error(body);
            ASSERT_TRUE(error) << entry;
            EXPECT_EQ(error->code, entry["expect"]["code"]);
            EXPECT_EQ(error->status, entry["expect"]["status"]);
            EXPECT_EQ(error->retry_delay_ms.value_or(-1), entry["expect"].value("retry_delay_ms", -1));
            const Verdict verdict = judge(answered(static_cast<int>(error->code), body));
            EXPECT_EQ(verdict.retry != RetryClass::fatal, entry["expect"].value("retry", true));
        }
    }
}

TEST(RestErrors, OfABodyNestedTooDeeplyIsNone)
{
    const std::string deep =
        R"({"error":{"message":"x","details":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}}";
    EXPECT_FALSE(parse_rest_error(deep));
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
