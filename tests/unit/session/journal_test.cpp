#include "session/journal.hpp"

#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

using std::chrono::milliseconds;

JournalEntry command(EntryClass kind, Lane lane, const char *message, uint64_t request = 0)
{
    JournalEntry entry;
    entry.kind = kind;
    entry.lane = lane;
    entry.message = message;
    entry.request = request;
    return entry;
}

class JournalTest : public ::testing::Test {
protected:
    static constexpr uint64_t connection = 1;
    static constexpr uint64_t max_samples = 16'000;

    static Clock::time_point at(int64_t ms) { return Clock::time_point(milliseconds(ms)); }

    void add_packets(int count)
    {
        for (int i = 0; i < count; ++i) {
            const std::vector<int16_t> packet(800, static_cast<int16_t>(next_sample_ / 800));
            journal.add_audio(next_sample_, packet);
            next_sample_ += 800;
        }
    }
    void add_text(const char *text) { journal.add(command(EntryClass::content, Lane::content, text)); }

    // What the connection would write next, written: "audio 800" for the packet that begins there.
    std::string write(uint64_t by = connection, int64_t now_ms = 0)
    {
        if (journal.empty()) {
            return "";
        }
        const JournalEntry &entry = journal.begin_write(by);
        const std::string what =
            entry.kind == EntryClass::audio ? "audio " + std::to_string(entry.first_sample) : entry.message;
        end_byte_ += 100;
        journal.written(by, ++index_, end_byte_, at(now_ms));
        return what;
    }
    std::vector<std::string> write_all(uint64_t by = connection)
    {
        std::vector<std::string> all;
        while (!journal.empty()) {
            all.push_back(write(by));
        }
        return all;
    }

    Admission admission{3, 10};  // longer than the journal: each entry holds a ticket of it
    Journal journal{Journal::Limits{.waiting_samples = max_samples}};
    uint64_t next_sample_ = 0;
    uint64_t index_ = 0;     // of the last written message; the setup is 0
    uint64_t end_byte_ = 0;  // behind it
};

using Texts = std::vector<std::string>;
using Ranges = std::vector<std::pair<uint64_t, uint64_t>>;

// J1
TEST_F(JournalTest, ContentAndAudioKeepTheirOrderAndToolsGoFirst)
{
    add_packets(1);
    add_text("end");
    journal.set_image(command(EntryClass::image, Lane::video, "picture"));
    journal.add(command(EntryClass::tool, Lane::tool, "answer"));
    EXPECT_EQ(write_all(), (Texts{"answer", "audio 0", "end", "picture"}));
    EXPECT_EQ(write(), "");
}

// J2
TEST_F(JournalTest, OldestAudioGoesAndCommandsStay)
{
    add_packets(1);
    add_text("text");
    add_packets(19);
    EXPECT_EQ(journal.drop_over_bound(), 0u);
    add_packets(1);
    EXPECT_EQ(journal.drop_over_bound(), 800u);
    EXPECT_EQ(journal.waiting_samples(), 16'000u);
    EXPECT_EQ(write(), "text");
    EXPECT_EQ(write(), "audio 800");
}

// J2
TEST_F(JournalTest, GapsOfDroppedAudioDoNotGrowTheLog)
{
    add_text("waits");
    for (int i = 0; i < 10'000; ++i) {
        add_packets(1);
        journal.drop_over_bound();
    }
    EXPECT_LT(journal.size(), 600u);
    EXPECT_LE(journal.chunks(), 6u);  // of a quarter of a second; the bound is one
    EXPECT_EQ(write(), "waits");
    EXPECT_EQ(write(), "audio " + std::to_string(next_sample_ - 16'000));
}

TEST_F(JournalTest, NewPictureTakesTheOldOnesPlace)
{
    EXPECT_FALSE(journal.set_image(command(EntryClass::image, Lane::video, "a")));
    EXPECT_TRUE(journal.set_image(command(EntryClass::image, Lane::video, "b")));
    EXPECT_EQ(write_all(), Texts{"b"});
    EXPECT_FALSE(journal.set_image(command(EntryClass::image, Lane::video, "c")));
}

TEST_F(JournalTest, UnsentRequestIsWithdrawn)
{
    journal.add(command(EntryClass::request, Lane::content, "ask", 1));
    EXPECT_TRUE(journal.withdraw(1));
    EXPECT_FALSE(journal.withdraw(1));
    EXPECT_TRUE(journal.empty());
}

TEST_F(JournalTest, AnswersToCancelledCallsAreWithdrawn)
{
    JournalEntry answer = command(EntryClass::tool, Lane::tool, "answer");
    answer.calls = {"c1"};
    journal.add(std::move(answer));
    JournalEntry of_two = command(EntryClass::tool, Lane::tool, "of two");
    of_two.calls = {"c1", "c2"};
    journal.add(std::move(of_two));
    journal.add(command(EntryClass::activity, Lane::control, "stop"));
    journal.withdraw_calls({"c1"});
    EXPECT_EQ(journal.size(), 2u);  // somebody waits for the other one's
    journal.withdraw_calls({"c1", "c2"});
    EXPECT_EQ(journal.next()->message, "stop");
    journal.withdraw_control();
    EXPECT_TRUE(journal.empty());
    EXPECT_EQ(journal.size(), 0u);
}

// J3
TEST_F(JournalTest, WhatCouldNotBeWrittenWaitsAgainInItsPlace)
{
    add_packets(2);
    journal.begin_write(connection);
    EXPECT_EQ(journal.waiting_samples(), 800u);
    EXPECT_TRUE(journal.is_writing(connection));
    journal.connection_ended(connection);
    EXPECT_FALSE(journal.is_writing(connection));
    EXPECT_EQ(journal.waiting_samples(), 800u) << "the bound is for what waits for the first time";
    EXPECT_EQ(write_all(2), (Texts{"audio 0", "audio 800"}));
}

// J3
TEST_F(JournalTest, TwoConnectionsWriteOneAfterTheOther)
{
    add_packets(3);
    EXPECT_EQ(journal.begin_write(1).first_sample, 0u);
    EXPECT_EQ(journal.begin_write(2).first_sample, 800u);
    EXPECT_TRUE(journal.written(2, 1, 100, at(0)));
    EXPECT_FALSE(journal.written(2, 1, 100, at(0))) << "nothing is in flight there";
    journal.connection_ended(1);
    EXPECT_EQ(write_all(2), (Texts{"audio 0", "audio 1600"}));
}

// J4
TEST_F(JournalTest, WhatTheServerConsumedGoes)
{
    add_packets(4);
    add_text("text");
    write_all();
    EXPECT_EQ(journal.written_samples(), 4u * 800);
    journal.consumed(connection, 2);
    EXPECT_EQ(journal.written_samples(), 2u * 800);
    journal.consumed(connection + 1, 100);
    EXPECT_EQ(journal.written_samples(), 2u * 800) << "that is another connection's count";
    journal.consumed(connection, 5);
    EXPECT_FALSE(journal.holds_written());
    EXPECT_EQ(journal.size(), 0u);
}

// J5
TEST_F(JournalTest, AcknowledgedAudioStaysForTheReplayWindowBeforeTheLastSignOfLife)
{
    for (int i = 0; i < 20; ++i) {  // as they are spoken
        add_packets(1);
        write(connection, i * 50);
    }
    journal.acknowledged(connection, end_byte_, at(1'900));
    EXPECT_EQ(journal.written_samples(), 20u * 800);
    journal.acknowledged(connection, end_byte_, at(2'500));
    EXPECT_EQ(journal.written_samples(), 9u * 800) << "written after 500 ms";
}

// J5
TEST_F(JournalTest, ServerWithoutASignOfLifeKeepsNoMoreThanTheBound)
{
    for (int i = 0; i < 100; ++i) {
        add_packets(1);
        write(connection, i * 50);
        journal.acknowledged(connection, end_byte_, at(0));
    }
    EXPECT_EQ(journal.written_samples(), max_samples);
}

// J5
TEST_F(JournalTest, UnacknowledgedAudioStaysHoweverOld)
{
    add_packets(4);
    write_all();
    journal.acknowledged(connection, 250, at(60'000));
    EXPECT_EQ(journal.written_samples(), 2u * 800);
}

// J6
TEST_F(JournalTest, ToolAnswersAndPicturesAreNotKept)
{
    journal.add(command(EntryClass::tool, Lane::tool, "answer"));
    journal.set_image(command(EntryClass::image, Lane::video, "picture"));
    write_all();
    EXPECT_FALSE(journal.holds_written());
    EXPECT_EQ(journal.size(), 0u);
}

// J6
TEST_F(JournalTest, EndOfAConnectionKeepsItsWindowUntilItIsForgotten)
{
    add_packets(3);
    write_all();
    journal.connection_ended(connection);
    EXPECT_EQ(journal.written_samples(), 3u * 800);
    journal.connection_lost(connection);
    EXPECT_EQ(journal.written_samples(), 3u * 800);
    journal.connection_left(connection, 0, end_byte_);
    EXPECT_FALSE(journal.holds_written());
    EXPECT_EQ(journal.size(), 0u);
}

// J7
TEST_F(JournalTest, WrittenEntryKnowsItsConnectionIndexBytesAndSamples)
{
    add_packets(1);
    const JournalEntry &entry = journal.begin_write(3);
    journal.written(3, 7, 1'234, at(5));
    EXPECT_EQ(entry.connection, 3u);
    EXPECT_EQ(entry.message_index, 7u);
    EXPECT_EQ(entry.end_byte, 1'234u);
    EXPECT_EQ(entry.written_at, at(5));
    EXPECT_EQ(entry.end_sample, 800u);
    EXPECT_EQ(journal.samples_of(entry).size(), 800u);
}

// J8
TEST_F(JournalTest, SamplesComeAsTheyWereGiven)
{
    add_packets(50);
    for (int i = 0; i < 50; ++i) {
        const JournalEntry &entry = journal.begin_write(connection);
        const auto samples = journal.samples_of(entry);
        ASSERT_EQ(samples.size(), 800u);
        EXPECT_EQ(samples.front(), i);
        EXPECT_EQ(samples.back(), i);
        journal.written(connection, static_cast<uint64_t>(i), 0, at(i));
    }
}

// J8
TEST_F(JournalTest, NoChunkComesOrGoesWhileSoundIsReleasedTwiceASecond)
{
    size_t chunks = 0;
    for (int i = 0; i < 1'000; ++i) {
        add_packets(1);
        write(connection, i * 50);
        if (i % 10 == 0) {
            journal.acknowledged(connection, end_byte_, at(i * 50));
        }
        if (i == 200) {
            chunks = journal.chunks();
        }
        if (i > 200) {
            ASSERT_EQ(journal.chunks(), chunks) << i;
        }
    }
}

// J8
TEST_F(JournalTest, AudioThatComesAndGoesNeedsAFewChunksForEver)
{
    for (int i = 0; i < 1'000; ++i) {
        add_packets(1);
        write(connection, i * 50);
        journal.acknowledged(connection, end_byte_, at(i * 50));
    }
    EXPECT_LE(journal.chunks(), 12u);  // two seconds, what is being filled, and spare ones
    EXPECT_LE(journal.size(), 64u);
}

// J6
TEST_F(JournalTest, WindowOfALostConnectionWaitsAgainInItsPlaceAndIsNamed)
{
    add_packets(2);
    add_text("a");
    add_packets(1);
    write_all();
    journal.consumed(connection, 1);
    add_packets(1);
    journal.connection_ended(connection);
    const Journal::Resent resent = journal.send_again(2);
    EXPECT_EQ(resent.audio, (Ranges{{800, 2'400}}));
    EXPECT_EQ(resent.commands, 1);
    EXPECT_FALSE(journal.holds_written());
    EXPECT_EQ(write_all(2), (Texts{"audio 800", "a", "audio 1600", "audio 2400"}));
}

// J6
TEST_F(JournalTest, WhatWasBeingWrittenIsNamedToo)
{
    add_packets(3);
    write();
    journal.begin_write(connection);
    journal.connection_ended(connection);
    EXPECT_EQ(journal.send_again(2).audio, (Ranges{{0, 1'600}}));
    EXPECT_EQ(write_all(2), (Texts{"audio 0", "audio 800", "audio 1600"}));
}

// J6
TEST_F(JournalTest, WindowIsNamedAgainWhenItWasNotWrittenByTheNextConnectionEither)
{
    add_packets(2);
    write_all();
    journal.connection_ended(connection);
    journal.send_again(2);
    EXPECT_EQ(write(2), "audio 0");
    journal.connection_ended(2);
    EXPECT_EQ(journal.send_again(3).audio, (Ranges{{0, 1'600}}));
    EXPECT_EQ(write_all(3), (Texts{"audio 0", "audio 800"}));
}

// J6
TEST_F(JournalTest, WindowIsNotDroppedForWhatWaitsBehindIt)
{
    add_packets(10);
    write_all();
    journal.send_again(2);
    add_packets(20);
    EXPECT_EQ(journal.drop_over_bound(), 0u);
    add_packets(1);
    EXPECT_EQ(journal.drop_over_bound(), 800u);
    EXPECT_EQ(write(2), "audio 0");
}

// H5
TEST_F(JournalTest, UtteranceThatIsCutGoesAgainFromItsBeginning)
{
    for (int i = 0; i < 10; ++i) {
        add_packets(1);
        write(connection, i * 50);
    }
    journal.add(command(EntryClass::request, Lane::content, "question", 1));
    journal.add(command(EntryClass::request, Lane::content, "older question", 2));
    write_all();
    journal.keep_from(5 * 800);
    journal.acknowledged(connection, end_byte_, at(60'000));
    EXPECT_EQ(journal.written_samples(), 5u * 800);
    journal.add(command(EntryClass::request, Lane::content, "question", 1));
    add_packets(1);
    write_all();
    journal.connection_left(connection, 1, end_byte_);
    EXPECT_EQ(journal.send_again(2).audio, (Ranges{{5 * 800, 11 * 800}}));
    EXPECT_EQ(write_all(2), (Texts{"audio 4000", "audio 4800", "audio 5600", "audio 6400", "audio 7200", "question",
                                   "audio 8000"}));
}

// H5
TEST_F(JournalTest, UtteranceOfALostConnectionGoesAgainAsFarAsItMayNotHaveBeenConsumed)
{
    add_packets(4);
    write_all();
    journal.keep_from(0);
    journal.consumed(connection, 3);
    journal.connection_ended(connection);
    journal.connection_lost(connection);
    EXPECT_EQ(journal.send_again(2).audio, (Ranges{{2'400, 3'200}}));
}

// J12
TEST_F(JournalTest, RequestWhoseTurnBeganDoesNotGoAgainNorACommandBeforeIt)
{
    add_text("a");
    add_packets(1);
    journal.add(command(EntryClass::request, Lane::content, "question", 1));
    add_text("b");
    write_all();
    EXPECT_TRUE(journal.keeps(1));
    journal.turn_began(connection, 1, at(-1));
    EXPECT_FALSE(journal.keeps(1));
    journal.send_again(2);
    EXPECT_EQ(write_all(2), (Texts{"audio 0", "b"}));
}

// J12
TEST_F(JournalTest, CommandThatAsksForNothingIsTakenWhenATurnBeginsAfterIt)
{
    add_text("a");
    journal.add(command(EntryClass::request, Lane::content, "question", 1));
    write(connection, 10);
    write(connection, 10);
    add_text("b");
    write(connection, 20);
    journal.turn_began(connection, 0, at(15));
    journal.send_again(2);
    EXPECT_EQ(write_all(2), (Texts{"question", "b"}));
}

// J12
TEST_F(JournalTest, CommandGoesAgainOnlySoOften)
{
    add_text("a");
    journal.add(command(EntryClass::request, Lane::content, "question", 1));
    add_packets(1);
    for (uint64_t number : {1, 2}) {
        EXPECT_EQ(write_all(number).size(), 3u);
        EXPECT_EQ(journal.give_up_commands(3).commands, 0);
        journal.send_again(number + 1);
    }
    write_all(3);
    EXPECT_EQ(journal.give_up_commands(3).commands, 1) << "the request ends by an event of its own";
    EXPECT_FALSE(journal.keeps(1));
    journal.send_again(4);
    EXPECT_EQ(write_all(4), (Texts{"audio 0"}));
}

// J6
TEST_F(JournalTest, RequestThatNobodyWaitsForDoesNotGoAgain)
{
    journal.add(command(EntryClass::request, Lane::content, "question", 1));
    write_all();
    journal.withdraw(1);
    journal.send_again(2);
    EXPECT_TRUE(journal.empty());
}

// J9
TEST_F(JournalTest, NextServerHearsOfTheStartOfWhatGoesAgain)
{
    const auto mark = [](ActivityMark which) {
        JournalEntry entry = command(EntryClass::activity, Lane::content, which == ActivityMark::start ? "start" : "end");
        entry.mark = which;
        return entry;
    };
    journal.add(mark(ActivityMark::start));
    add_packets(2);
    EXPECT_FALSE(journal.begins_within_activity()) << "it begins with the start";
    write_all();
    EXPECT_TRUE(journal.begins_within_activity()) << "nothing is left, and no end was written";
    journal.send_again(2);
    EXPECT_FALSE(journal.begins_within_activity()) << "the start goes again";
    write_all(2);
    journal.consumed(2, index_ - 1);  // all but the last packet
    journal.send_again(3);
    EXPECT_TRUE(journal.begins_within_activity()) << "only sound of it goes again";
    journal.add(mark(ActivityMark::end));
    EXPECT_TRUE(journal.begins_within_activity()) << "and its end";
    write_all(3);
    EXPECT_FALSE(journal.begins_within_activity());
    journal.send_again(4);
    EXPECT_TRUE(journal.begins_within_activity()) << "the sound before its end goes again";
}

// J10
TEST_F(JournalTest, RequestThatIsWithdrawnWhileItIsInFlightIsNotWrittenAgain)
{
    journal.add(command(EntryClass::request, Lane::content, "a", 1));
    journal.begin_write(1);
    journal.withdraw(1);
    journal.connection_ended(1);
    EXPECT_TRUE(journal.empty());
}

TEST_F(JournalTest, WrittenAndWithdrawnEntriesGiveTheirShareOfTheBoundBack)
{
    const auto add = [&](const char *text, uint64_t request) {
        auto ticket = admission.admit(std::string_view(text).size());
        if (!ticket) {
            return false;
        }
        JournalEntry entry = command(EntryClass::request, Lane::content, text, request);
        entry.ticket = std::move(*ticket);
        journal.add(std::move(entry));
        return true;
    };
    EXPECT_TRUE(add("12345", 1));
    EXPECT_TRUE(add("1234", 2));
    EXPECT_FALSE(add("12", 3)) << "bytes";
    EXPECT_TRUE(add("1", 4));
    EXPECT_FALSE(add("", 5)) << "messages";
    write();
    EXPECT_EQ(admission.bytes(), 5u);
    journal.withdraw(2);
    EXPECT_EQ(admission.messages(), 1u);
    journal.discard_waiting();
    EXPECT_EQ(admission.messages(), 0u);
    EXPECT_EQ(admission.bytes(), 0u);
    EXPECT_TRUE(add("larger than the whole bound", 6));
}

TEST_F(JournalTest, WhatWaitsAtTheEndIsCounted)
{
    add_packets(2);
    add_text("a");
    journal.set_image(command(EntryClass::image, Lane::video, "b"));
    const Journal::Unsent unsent = journal.discard_waiting();
    EXPECT_EQ(unsent.samples, 1'600u);
    EXPECT_EQ(unsent.commands, 1);
    EXPECT_EQ(unsent.images, 1);
    EXPECT_TRUE(journal.empty());
    EXPECT_EQ(journal.waiting_samples(), 0u);
}

// W2
TEST_F(JournalTest, MarkedPlaceStaysWhereItIsWhenGapsAreClosed)
{
    add_packets(1);
    add_text("before");
    for (int i = 0; i < 600; ++i) {
        add_packets(1);
        journal.drop_over_bound();
    }
    journal.mark_place();
    for (int i = 0; i < 600; ++i) {  // closes the gaps
        add_packets(1);
        journal.drop_over_bound();
    }
    add_text("behind");
    EXPECT_LT(journal.size(), 600u);
    EXPECT_TRUE(journal.holds_commands_before_mark());
    EXPECT_EQ(write(), "before");
    EXPECT_FALSE(journal.holds_commands_before_mark());
}

// C8
TEST_F(JournalTest, HeldInputWaitsUntilSomethingIsSaidInWriting)
{
    add_packets(1);
    journal.hold_input(true);
    EXPECT_TRUE(journal.empty());
    journal.add(command(EntryClass::tool, Lane::tool, "answer"));
    EXPECT_EQ(write(), "answer");
    EXPECT_TRUE(journal.empty());
    add_text("words");
    add_packets(1);
    EXPECT_EQ(write(), "audio 0");
    EXPECT_EQ(write(), "words");
    EXPECT_TRUE(journal.empty());
    journal.hold_input(false);
    EXPECT_EQ(write(), "audio 800");
}

TEST_F(JournalTest, HeldInputHasTheBoundOfAllThatWaits)
{
    journal.hold_input(true);
    add_packets(25);
    EXPECT_EQ(journal.drop_over_bound(), 4'000u);
    journal.hold_input(false);
    EXPECT_EQ(write(), "audio 4000");
}

}  // namespace
}  // namespace gemlive::session
