#include "rules.hpp"

#include <gtest/gtest.h>

namespace gemlive::emulator {
namespace {

std::vector<Rule> rules_of(const std::string &server)
{
    return parse_scenario(R"({"server": )" + server + "}").rules;
}

Happening happening(const std::string &kind, const std::string &text = "", int64_t number = 0)
{
    Happening h;
    h.kind = kind;
    h.text = text;
    h.number = number;
    return h;
}

std::string name_of(const Rule *rule)
{
    return rule == nullptr ? "" : rule->name;
}

TEST(Rules, TheFirstThatMatchesFiresAsOftenAsItMay)
{
    const auto rules = rules_of(R"([{"name": "a", "on": "text", "do": []},
                                    {"name": "b", "on": {"text": "hello"}, "do": [], "times": 2},
                                    {"name": "c", "on": "text", "do": [], "times": 0}])");
    RuleBook book(rules, 1);
    EXPECT_EQ(name_of(book.take(happening("text", "x"))), "a");
    EXPECT_EQ(name_of(book.take(happening("text", "Say HELLO"))), "b");
    EXPECT_EQ(name_of(book.take(happening("text", "x"))), "c");
    EXPECT_EQ(name_of(book.take(happening("text", "hello"))), "b");
    EXPECT_EQ(name_of(book.take(happening("text", "hello"))), "c");
    EXPECT_EQ(book.take(happening("content", "hello")), nullptr);
}

TEST(Rules, BelongToAConnection)
{
    const auto rules = rules_of(R"([{"name": "two", "on": "setup", "do": [], "connection": 2},
                                    {"name": "all", "on": "setup", "do": []}])");
    EXPECT_EQ(name_of(RuleBook(rules, 1).take(happening("setup"))), "all");
    EXPECT_EQ(name_of(RuleBook(rules, 2).take(happening("setup"))), "two");
}

TEST(Rules, CountersFireAtTheirNumberOnly)
{
    const auto rules = rules_of(R"([{"name": "late", "on": {"audio_samples": 320}, "do": []},
                                    {"name": "soon", "on": {"audio_samples": 160}, "do": []},
                                    {"name": "zero", "on": {"message": 0}, "do": []}])");
    RuleBook book(rules, 1);
    EXPECT_EQ(book.next_number("audio_samples", 0), 160);
    EXPECT_EQ(book.take(happening("audio_samples", "", 161)), nullptr);
    EXPECT_EQ(name_of(book.take(happening("audio_samples", "", 160))), "soon");
    EXPECT_EQ(book.next_number("audio_samples", 0), 320);
    EXPECT_EQ(book.next_number("audio_samples", 320), std::nullopt);
    EXPECT_EQ(book.take(happening("message", "", 1)), nullptr);
    EXPECT_EQ(name_of(book.take(happening("message", "", 0))), "zero");
}

TEST(Rules, ASubsetMatchesAtEveryDepth)
{
    const Json value = Json::parse(R"({"a": {"b": 1, "c": [1, 2]}, "d": "x"})");
    EXPECT_TRUE(has_subset(value, Json::parse(R"({"a": {"b": 1}})")));
    EXPECT_TRUE(has_subset(value, Json::parse(R"({"a": {"c": [1, 2]}, "d": "x"})")));
    EXPECT_FALSE(has_subset(value, Json::parse(R"({"a": {"c": [1]}})")));
    EXPECT_FALSE(has_subset(value, Json::parse(R"({"e": 1})")));
}

}  // namespace
}  // namespace gemlive::emulator
