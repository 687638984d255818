#include <iostream>

#include "message_facts.hpp"
#include "protocol/utf8.hpp"

namespace gemlive::protocol::test {
namespace {

std::string text_of(const json &entry)
{
    if (entry.contains("server_bytes_hex")) {
        return unhex(entry["server_bytes_hex"]);
    }
    return entry.contains("server_text") ? entry["server_text"].get<std::string>()
                                         : entry.at("server_json").dump();
}

class DecodeVectors : public ::testing::Test {
protected:
    void check(const json &entry)
    {
        for (const std::string &text : spellings(text_of(entry))) {
            ++texts_;
            const Error error = decode(decoder_, text, message_);
            const std::string difference = compare(facts(message_, error), entry.at("expect"));
            if (difference.empty()) {
                continue;
            }
            if (entry.value("uncertain", false)) {
                std::cout << "uncertain, not asserted: " << entry["name"] << ": " << difference << '\n';
                return;
            }
            ADD_FAILURE() << entry["name"] << ": " << difference << "\nin " << text.substr(0, 500);
        }
    }

    void check_file(const std::filesystem::path &file)
    {
        const json entries = load(file);
        ASSERT_FALSE(entries.empty());
        for (const json &entry : entries) {
            check(entry);
        }
        EXPECT_GE(texts_, entries.size());
    }

    Decoder decoder_;
    ServerMessage message_;
    size_t texts_ = 0;
};

TEST_F(DecodeVectors, OfTheProject)
{
    check_file(vectors() / "decode.json");
}

TEST_F(DecodeVectors, OfTheTestData)
{
    GEMLIVE_REQUIRE_DATA(data_folder() / "vectors");
    for (const auto &file : std::filesystem::directory_iterator(data_folder() / "vectors")) {
        if (file.path().filename().string().starts_with("decode")) {
            check_file(file.path());
        }
    }
    EXPECT_GT(texts_, 0u);
}

// The scripted conversations: whatever the server says in them is understood.
TEST_F(DecodeVectors, ServerStepsOfExchanges)
{
    GEMLIVE_REQUIRE_DATA(data_folder() / "vectors");
    size_t steps = 0;
    for (const auto &file : vector_files("exchanges.json")) {
        for (const json &exchange : load(file)) {
            for (const json &step : exchange.at("steps")) {
                if (!step.contains("server") || !step.contains("json")) {
                    continue;
                }
                ++steps;
                for (const std::string &text : spellings(step["json"].dump())) {
                    const Error error = decode(decoder_, text, message_);
                    EXPECT_FALSE(error) << exchange["name"] << ": " << error.message;
                    EXPECT_TRUE(message_.unknown.empty()) << exchange["name"] << ": " << text;
                }
            }
        }
    }
    EXPECT_GT(steps, 0u);
}

}  // namespace
}  // namespace gemlive::protocol::test
