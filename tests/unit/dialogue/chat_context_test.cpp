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

ChatItem message(const char *id, const char *text, protocol::ChatRole role = protocol::ChatRole::user)
{
    ChatItem item;
    item.id = id;
    item.role = role;
    item.content.push_back({protocol::ChatPartKind::text, text, ""});
    return item;
}

ChatItem output(const char *id, const char *call)
{
    ChatItem item;
    item.id = id;
    item.kind = ChatItemKind::function_call_output;
    item.call = call;
    item.output = "42";
    return item;
}

std::vector<std::string> ids_of(const std::vector<ChatItem> &items)
{
    std::vector<std::string> ids;
    for (const ChatItem &item : items) {
        ids.push_back(item.id);
    }
    return ids;
}

using Server = ChatContext::Server;

// A context that a server has, and the application has seen.
ChatContext told_context()
{
    ChatContext context(plenty);
    context.update({message("a", "A"), message("b", "B"), message("c", "C")}, true);
    context.tell(Server::fresh, {}, false, plenty);
    return context;
}

// That a server has.
void say(ChatContext &context, const char *text, uint64_t request)
{
    context.reached_journal({context.add_user_text(text, request)});
}

TEST(ChatUpdate, BeforeTheFirstServerTheListIsTheContextWhateverItWas)
{
    ChatContext context(plenty);
    context.update({message("a", "A"), message("b", "B")}, true);
    const ChatContext::Update update = context.update({message("b", "other"), message("x", "X"), message("a", "A")}, true);
    EXPECT_TRUE(update.added.empty() && update.removed.empty() && update.edited.empty() && update.moved.empty());
    EXPECT_THAT(lines_of(context), ElementsAre("b: other", "x: X", "a: A"));
}

TEST(ChatUpdate, NewItemsAreAddedOnceAndInTheirOrder)
{
    ChatContext context = told_context();
    const std::vector<ChatItem> items = {message("a", "A"), message("b", "B"), message("c", "C"), message("d", "D"),
                                         message("e", "E")};
    EXPECT_THAT(ids_of(context.update(items, true).added), ElementsAre("d", "e"));
    EXPECT_THAT(ids_of(context.update(items, true).added), ElementsAre());
    EXPECT_EQ(lines_of(context).size(), 5u);
}

TEST(ChatUpdate, WhatCannotBeDoneIsToldAndTheContextSaysWhatIs)
{
    ChatContext context = told_context();
    ChatContext::Update update = context.update({message("c", "C"), message("a", "changed"), message("x", "X")}, true);
    EXPECT_THAT(update.removed, ElementsAre("b"));
    EXPECT_THAT(update.edited, ElementsAre("a"));
    EXPECT_EQ(update.moved.size(), 1u);
    EXPECT_THAT(ids_of(update.added), ElementsAre("x"));
    EXPECT_THAT(lines_of(context), ElementsAre("a: A", "b: B", "c: C", "x: X"));
    update = context.update({message("a", "A"), message("y", "Y"), message("b", "B"), message("c", "C"), message("x", "X")}, true);
    EXPECT_THAT(update.inserted, ElementsAre("y"));
    EXPECT_EQ(lines_of(context).back(), "y: Y");
}

TEST(ChatUpdate, WordsThatGrowOnAreNoEditAndWhatWasNotSeenIsNotTakenAway)
{
    ChatContext context = told_context();
    context.take(OutputTranscript{1, "One"});
    std::vector<ChatItem> items = context.show();
    context.take(OutputTranscript{1, " two"});
    context.take(heard_words(2, 0, "Wait."));
    items.push_back(message("d", "D"));
    const ChatContext::Update update = context.update(items, true);
    EXPECT_TRUE(update.removed.empty() && update.edited.empty() && update.moved.empty() && update.inserted.empty());
    EXPECT_THAT(ids_of(update.added), ElementsAre("d"));
    EXPECT_THAT(lines_of(context), ElementsAre("a: A", "b: B", "c: C", "turn-1: One two", "utterance-2: Wait.", "d: D"));
}

TEST(ChatUpdate, OutputAnswersAnOpenCallAndNeverTwice)
{
    ChatContext context(plenty);
    context.tell(Server::fresh, {}, false, plenty);
    context.take(ToolCallOpened{1, "1", true, "price", "{}"});
    std::vector<ChatItem> items = context.show();
    items.push_back(output("o", "1"));
    EXPECT_THAT(ids_of(context.update(items, true).answers), ElementsAre("o"));
    context.add_output("1", "42", false, "o");
    EXPECT_THAT(ids_of(context.update(items, true).answers), ElementsAre());
    items.push_back(output("again", "1"));
    items.push_back(output("lost", "2"));
    const ChatContext::Update update = context.update(items, true);
    EXPECT_THAT(update.answered_before, ElementsAre("again"));
    EXPECT_THAT(update.without_call, ElementsAre("lost"));
    EXPECT_TRUE(update.added.empty() && update.answers.empty());
}

TEST(ChatUpdate, ModelThatTakesContentAtTheBeginningOnlyIsToldWithTheNextOne)
{
    ChatContext context = told_context();
    const ChatContext::Update update =
        context.update({message("a", "A"), message("b", "B"), message("c", "C"), message("d", "D")}, false);
    EXPECT_THAT(update.kept_back, ElementsAre("d"));
    EXPECT_TRUE(update.added.empty());
    EXPECT_THAT(ids_of(context.tell(Server::fresh, {}, false, plenty)), ElementsAre("a", "b", "c", "d"));
}

TEST(ChatSeed, NewServerIsToldAllButWhatGoesByItselfAndAnUnfinishedUtterance)
{
    ChatContext context = told_context();
    const uint64_t waiting = context.add_user_text("Waits.", 1);
    context.take(InputTranscript{2, 0, "Not", "Not", false, false, false});
    EXPECT_THAT(ids_of(context.tell(Server::fresh, {}, true, plenty)), ElementsAre("a", "b", "c"));
    context.reached_journal({waiting});
    EXPECT_THAT(ids_of(context.tell(Server::fresh, {waiting}, true, plenty)), ElementsAre("a", "b", "c"));
    EXPECT_THAT(ids_of(context.tell(Server::fresh, {}, false, plenty)),
                ElementsAre("a", "b", "c", "request-1", "utterance-2"));
}

TEST(ChatSeed, ResumedServerIsToldWhatItsHandleDoesNotCover)
{
    ChatContext context = told_context();
    context.covered({});
    EXPECT_THAT(ids_of(context.tell(Server::resumed, {}, false, plenty)), ElementsAre());
    say(context, "Late.", 1);
    context.take(OutputTranscript{1, "Yes."});
    EXPECT_THAT(ids_of(context.tell(Server::resumed, {}, false, plenty)), ElementsAre("request-1", "turn-1"));
}

TEST(ChatSeed, HandleWithinATurnCoversThatTurnAndItsQuestion)
{
    ChatContext context(plenty);
    context.take(heard_words(1, 0, "Are you there?"));
    context.covered({});
    context.take(OutputTranscript{1, "Yes."});
    EXPECT_THAT(ids_of(context.tell(Server::resumed, {}, false, plenty)), ElementsAre());
}

TEST(ChatSeed, TrimmedItBeginsWithTheUserAndKeepsCallsWithTheirOutputs)
{
    ChatContext context(plenty);
    context.take(ToolCallOpened{1, "1", true, "price", "{}"});
    context.take(OutputTranscript{1, std::string(100, 'x')});
    context.reached_journal({context.add_output("1", "42", false)});
    context.take(OutputTranscript{2, "Anything else?"});
    say(context, "No.", 1);
    EXPECT_THAT(ids_of(context.tell(Server::fresh, {}, false, plenty)),
                ElementsAre("call-1", "turn-1", "output-1", "turn-2", "request-1"));
    EXPECT_THAT(ids_of(context.tell(Server::fresh, {}, false, 60)), ElementsAre("request-1"));
}

// Its answer says what it was.
TEST(ChatSeed, CallThatIsToBeAnsweredIsNotTold)
{
    ChatContext context(plenty);
    context.tell(Server::fresh, {}, false, plenty);
    context.take(ToolCallOpened{1, "1", true, "price", "{}"});
    EXPECT_THAT(ids_of(context.tell(Server::resumed, {}, false, plenty)), ElementsAre());
    const uint64_t output = context.add_output("1", "42", false);
    EXPECT_THAT(context.outputs_of({"1", "2"}), ElementsAre(output));
    EXPECT_THAT(ids_of(context.tell(Server::resumed, {}, false, plenty)), ElementsAre());
    context.reached_journal({output});
    EXPECT_THAT(ids_of(context.tell(Server::resumed, {output}, false, plenty)), ElementsAre());
    EXPECT_THAT(ids_of(context.tell(Server::resumed, {}, false, plenty)), ElementsAre("call-1", "output-1"));
}

TEST(ChatSeed, CancelledCallIsToldWithTheOutputThatWaited)
{
    ChatContext context(plenty);
    context.take(ToolCallOpened{1, "1", true, "price", "{}"});
    context.take(ToolCallOpened{1, "2", true, "price", "{}"});
    context.add_output("2", "42", false);
    context.take(ToolCallsCancelled{1, {"1", "2"}, Origin::connection});
    EXPECT_THAT(ids_of(context.tell(Server::fresh, {}, false, plenty)), ElementsAre("call-1", "call-2", "output-2"));
}

TEST(ChatContext, SavedItSaysWhatTheHandleDoesNotCover)
{
    ChatContext context(plenty);
    say(context, "Before.", 1);
    context.covered({});
    context.add_user_text("Behind.", 2);  // not in the journal yet
    context.covered({});
    std::vector<ChatItem> saved = context.saved(true);
    ASSERT_THAT(ids_of(saved), ElementsAre("request-1", "request-2"));
    EXPECT_FALSE(saved[0].since_handle);
    EXPECT_TRUE(saved[1].since_handle);
    EXPECT_FALSE(context.saved(false)[1].since_handle);

    ChatContext resumed(plenty);
    resumed.update(saved, true);
    resumed.go_on_from_handle();
    EXPECT_THAT(ids_of(resumed.tell(Server::resumed, {}, false, plenty)), ElementsAre("request-2"));
    EXPECT_FALSE(resumed.items()[1].since_handle);
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
