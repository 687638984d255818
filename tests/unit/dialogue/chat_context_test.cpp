#include "dialogue/chat_context.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

using protocol::CallState;
using protocol::ChatItem;
using protocol::ChatItemKind;
using ::testing::ElementsAre;

constexpr size_t plenty = 1 << 20;

// "id: words", of a call "id: name(arguments) state", of an output "id: output".
std::string line_of(const ChatItem &item)
{
    static constexpr const char *states[] = {"", "open", "answered", "cancelled"};
    std::string line = item.id + ":";
    switch (item.kind) {
    case ChatItemKind::message:
        for (const protocol::ChatPart &part : item.content) {
            line += " " + part.text;
        }
        line += item.interrupted ? " [interrupted]" : "";
        break;
    case ChatItemKind::function_call:
        line += " " + item.name + "(" + item.arguments + ") " + states[static_cast<size_t>(item.state)];
        break;
    case ChatItemKind::function_call_output:
        line += " " + item.output + (item.is_error ? " [error]" : "");
        break;
    }
    return line;
}

std::vector<std::string> lines_of(const ChatContext &context)
{
    std::vector<std::string> lines;
    for (const ChatItem &item : context.items()) {
        lines.push_back(line_of(item));
    }
    return lines;
}

InputTranscript heard_words(uint64_t utterance, uint64_t answer, const char *words)
{
    return {utterance, answer, words, words, true, false, false};
}

TurnFinished finished(uint64_t turn, TurnEnd reason, int64_t generated_ms)
{
    return {turn, 0, reason, "", generated_ms, ""};
}

TEST(ChatContext, HoldsWhatBothSaidUnderIdsThatStay)
{
    ChatContext context(plenty);
    context.take(heard_words(1, 0, "Do you sell swords?"));
    context.take(OutputTranscript{1, "Yes, "});
    context.take(OutputTranscript{1, "three."});
    context.take(finished(1, TurnEnd::completed, 900));
    context.add_user_text("How much?", 1);
    context.take(Text{2, "Forty."});
    context.add_user_text("Too much.", 0);
    EXPECT_THAT(lines_of(context), ElementsAre("utterance-1: Do you sell swords?", "turn-1: Yes, three.",
                                               "request-1: How much?", "turn-2: Forty.", "text-1: Too much."));
}

TEST(ChatContext, WordsOfTheUserThatComeLateStandBeforeTheirAnswer)
{
    ChatContext context(plenty);
    context.take(OutputTranscript{1, "Yes."});
    context.take(heard_words(1, 1, "Are you"));
    context.take(heard_words(1, 1, "Are you there?"));
    EXPECT_THAT(lines_of(context), ElementsAre("utterance-1: Are you there?", "turn-1: Yes."));
}

TEST(ChatContext, WhatIsSpokenIsKeptInPlaceOfWhatIsWrittenBesideIt)
{
    ChatContext context(plenty);
    context.take(Text{1, "**Yes**"});
    context.take(OutputTranscript{1, "Yes"});
    EXPECT_THAT(lines_of(context), ElementsAre("turn-1: Yes"));
}

TEST(ChatContext, TurnThatWasCutIsWhatOfItWasHeard)
{
    ChatContext context(plenty);
    context.take(OutputTranscript{1, "One two three four five six seven eight"});
    context.take(Interrupted{1, Origin::server});
    context.cut(1, 1000);
    context.take(finished(1, TurnEnd::interrupted, 2000));
    EXPECT_THAT(lines_of(context), ElementsAre("turn-1: One two three four [interrupted]"));
    // Its last words, which come late, stretch what was said in the same time.
    context.take(OutputTranscript{1, " nine ten eleven twelve"});
    EXPECT_THAT(lines_of(context), ElementsAre("turn-1: One two three four five six [interrupted]"));
}

TEST(ChatContext, WithoutAPlayoutOfOursACutTurnIsWholeUntilItIsTruncated)
{
    ChatContext context(plenty);
    context.take(OutputTranscript{1, "One two three four"});
    context.take(Interrupted{1, Origin::application});
    context.take(finished(1, TurnEnd::interrupted, 2000));
    EXPECT_THAT(lines_of(context), ElementsAre("turn-1: One two three four [interrupted]"));
    EXPECT_EQ(context.truncate(1, 1100), ChatContext::Truncated::done);
    EXPECT_THAT(lines_of(context), ElementsAre("turn-1: One two [interrupted]"));
    EXPECT_EQ(context.truncate(1, 0), ChatContext::Truncated::done);
    EXPECT_THAT(lines_of(context), ElementsAre());
    EXPECT_EQ(context.truncate(1, 2000), ChatContext::Truncated::done);
    EXPECT_THAT(lines_of(context), ElementsAre("turn-1: One two three four [interrupted]"));
}

TEST(ChatContext, TurnOfWhichNothingWasHeardSaysNothingThoughItsSoundHasNotCome)
{
    ChatContext context(plenty);
    context.take(OutputTranscript{1, "One two"});
    context.take(finished(1, TurnEnd::interrupted, 0));
    context.truncate(1, 0);
    EXPECT_THAT(lines_of(context), ElementsAre());
}

TEST(ChatContext, TruncateNamesATurnThatWasSpoken)
{
    ChatContext context(plenty);
    context.take(Text{1, "Written."});
    EXPECT_EQ(context.truncate(1, 100), ChatContext::Truncated::not_spoken);
    EXPECT_EQ(context.truncate(2, 100), ChatContext::Truncated::no_such_turn);
}

TEST(ChatContext, HeardPartEndsWithAWordOrWhereThereAreNoneWithACharacter)
{
    EXPECT_EQ(heard_part("One two three", 0, 1000), "");
    EXPECT_EQ(heard_part("One two three", 300, 1000), "One");
    EXPECT_EQ(heard_part("One two three", 999, 1000), "One two");
    EXPECT_EQ(heard_part("One two three", 1000, 1000), "One two three");
    EXPECT_EQ(heard_part("Long-winded word", 100, 1000), "");
    EXPECT_EQ(heard_part("你好世界", 500, 1000), "你好");
    EXPECT_EQ(heard_part("你好世界", 400, 1000), "你");
}

TEST(ChatContext, CallsAndTheirOutputsAreItemsAndOpenOnesAreSeen)
{
    ChatContext context(plenty);
    context.take(ToolCallOpened{1, "a", true, "price", R"({"item":"sword"})"});
    context.take(ToolCallOpened{1, "b", true, "stock", ""});
    context.take(ToolCallOpened{1, "c", true, "clock", ""});
    context.add_output("a", R"({"coins":40})", false);
    context.take(ToolCallsCancelled{1, {"b"}, Origin::server});
    EXPECT_THAT(lines_of(context),
                ElementsAre(R"(call-a: price({"item":"sword"}) answered)", "call-b: stock({}) cancelled",
                            "call-c: clock({}) open", R"(output-a: {"coins":40})"));
}

TEST(ChatContext, WhatNeverReachedAServerIsTakenOut)
{
    ChatContext context(plenty);
    const uint64_t number = context.add_user_text("Refused.", 0);
    context.add_user_text("Withdrawn.", 7);
    context.add_user_text("Kept.", 8);
    context.remove(number);
    context.remove_request(7);
    EXPECT_THAT(lines_of(context), ElementsAre("request-8: Kept."));
}

TEST(ChatContext, IdsThatAreUsedAgainAreToldApart)
{
    ChatContext context(plenty);
    context.take(ToolCallOpened{1, "x", true, "clock", ""});
    context.take(ToolCallOpened{2, "x", true, "clock", ""});
    EXPECT_THAT(lines_of(context), ElementsAre("call-x: clock({}) open", "call-x-2: clock({}) open"));
}

TEST(ChatContext, OverTheBoundTheOldestGoesACallWithItsOutputAndIsCounted)
{
    ChatContext context(8'192);
    context.take(ToolCallOpened{1, "a", true, "price", "{}"});
    context.add_user_text("Between.", 1);
    context.add_output("a", "40", false);
    context.add_user_text(std::string(7'000, 'x'), 2);
    EXPECT_EQ(context.take_dropped(), 2);
    EXPECT_EQ(context.take_dropped(), 0);
    EXPECT_EQ(lines_of(context).front(), "request-1: Between.");
    EXPECT_EQ(lines_of(context).size(), 2u);
}

TEST(ChatContext, FollowsTheRulesOfTurns)
{
    TurnsHarness t;
    ChatContext context(plenty);
    t.receive(heard("What is it?"));
    t.receive(R"({"serverContent":{"outputTranscription":{"text":"A sword."}}})");
    t.receive(turn_complete);
    for (const Kept &kept : t.kept()) {
        if (const auto *const words = std::get_if<OutputTranscript>(&kept.effect)) {
            context.take(OutputTranscript{words->turn, kept.text});
        } else {
            context.take(kept.effect);
        }
    }
    EXPECT_THAT(lines_of(context), ElementsAre("utterance-1: What is it?", "turn-1: A sword."));
}

}  // namespace
}  // namespace gemlive::dialogue::test
