// What a server can make grow has a bound, and what is beyond it is counted.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dialogue/bounded_text.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

constexpr const char *turn_complete = R"({"serverContent":{"turnComplete":true}})";

TEST(BoundedText, KeepsWholeCharactersAndNoHoles)
{
    BoundedText text(4);
    text.append("abc");
    text.append("\xC3\xA4");  // does not fit, though half of it would
    text.append("d");
    EXPECT_EQ(text.text(), "abc");
    EXPECT_EQ(text.dropped_bytes(), 3);
    EXPECT_EQ(text.with("x"), "abc");
}

TEST(Bounds, TextOfATurnIsBoundedAndWhatIsMissingCounted)
{
    TurnsHarness t;
    const std::string piece(64 * 1024, 'a');
    const size_t pieces = RunningTurn::max_text_bytes / piece.size() + 2;
    for (size_t i = 0; i < pieces; ++i) {
        t.receive(R"({"serverContent":{"outputTranscription":{"text":")" + piece + "\"}}}");
    }
    EXPECT_EQ(t.count<OutputTranscript>(), pieces) << "each piece is told";
    t.receive(turn_complete);
    EXPECT_EQ(t.last<TurnFinished>()->transcript.size(), RunningTurn::max_text_bytes);
    ASSERT_NE(t.last<Dropped>(), nullptr);
    EXPECT_EQ(t.last<Dropped>()->what, Loss::transcript);
    EXPECT_EQ(t.last<Dropped>()->amount, static_cast<int64_t>(2 * piece.size()));
}

TEST(Bounds, TranscriptOfAnUtteranceIsBoundedAndWhatIsMissingCounted)
{
    TurnsHarness t;
    const std::string piece(Utterances::max_transcript_bytes, 'a');
    for (int i = 0; i < 3; ++i) {
        t.receive(R"({"serverContent":{"inputTranscription":{"text":")" + piece + "\"}}}");
        EXPECT_LE(t.last<InputTranscript>()->transcript.size(), Utterances::max_transcript_bytes);
    }
    t.turns.end(0);
    ASSERT_NE(t.last<Dropped>(), nullptr);
    EXPECT_EQ(t.last<Dropped>()->amount, static_cast<int64_t>(2 * piece.size()));
}

TEST(Bounds, OpenToolCallsAreBoundedAndTheNewestIsDropped)
{
    TurnsHarness t;
    for (size_t i = 0; i <= Turns::max_open_calls; ++i) {
        t.receive(R"({"toolCall":{"functionCalls":[{"id":"c)" + std::to_string(i) + R"(","name":"f"}]}})");
    }
    EXPECT_EQ(t.count<ToolCallOpened>(), Turns::max_open_calls);
    ASSERT_NE(t.last<Dropped>(), nullptr);
    EXPECT_EQ(t.last<Dropped>()->what, Loss::tool_calls);
    EXPECT_EQ(t.last<Dropped>()->amount, 1);
}

TEST(Bounds, ModalitiesThatTheServerInventsAreCountedAsOther)
{
    TurnsHarness t;
    for (size_t i = 0; i < UsageTotals::max_modalities + 2; ++i) {
        t.receive(R"({"usageMetadata":{"promptTokenCount":1,"promptTokensDetails":[{"modality":"M)" + std::to_string(i) +
                  R"(","tokenCount":1}]}})");
    }
    const TokensByModality &prompt = t.turns.usage_totals().prompt_by_modality;
    EXPECT_EQ(prompt.size(), UsageTotals::max_modalities + 1);
    EXPECT_EQ(prompt.at("OTHER"), 2);
}

}  // namespace
}  // namespace gemlive::dialogue::test
