#include "session/journal.hpp"

#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

JournalEntry command(EntryClass kind, Lane lane, const char *message, uint64_t request = 0)
{
    JournalEntry entry;
    entry.kind = kind;
    entry.lane = lane;
    entry.message = message;
    entry.request = request;
    return entry;
}

TEST(Journal, ContentAndAudioKeepTheirOrderAndToolsGoFirst)
{
    Journal journal(16'000);
    const std::vector<int16_t> packet(800);
    journal.add_audio(0, packet);
    journal.add(command(EntryClass::activity, Lane::content, "end"));
    journal.set_image(command(EntryClass::image, Lane::video, "picture"));
    journal.add(command(EntryClass::tool, Lane::tool, "answer"));
    EXPECT_EQ(journal.take().message, "answer");
    EXPECT_EQ(journal.take().samples.size(), 800u);
    EXPECT_EQ(journal.take().message, "end");
    EXPECT_EQ(journal.take().message, "picture");
    EXPECT_TRUE(journal.empty());
}

TEST(Journal, OldestAudioGoesAndCommandsStay)
{
    Journal journal(1600);
    const std::vector<int16_t> packet(800);
    journal.add_audio(0, packet);
    journal.add(command(EntryClass::content, Lane::content, "text"));
    journal.add_audio(800, packet);
    EXPECT_EQ(journal.drop_over_bound(), 0u);
    journal.add_audio(1600, packet);
    EXPECT_EQ(journal.drop_over_bound(), 800u);
    EXPECT_EQ(journal.take().message, "text");
    EXPECT_EQ(journal.take().first_sample, 800u);
    EXPECT_EQ(journal.waiting_samples(), 800u);
}

TEST(Journal, NewPictureTakesTheOldOnesPlace)
{
    Journal journal(1600);
    EXPECT_FALSE(journal.set_image(command(EntryClass::image, Lane::video, "a")));
    EXPECT_TRUE(journal.set_image(command(EntryClass::image, Lane::video, "b")));
    EXPECT_EQ(journal.take().message, "b");
    EXPECT_TRUE(journal.empty());
}

TEST(Journal, UnsentRequestIsWithdrawn)
{
    Journal journal(1600);
    journal.add(command(EntryClass::request, Lane::content, "ask", 1));
    EXPECT_TRUE(journal.withdraw(1));
    EXPECT_FALSE(journal.withdraw(1));
    EXPECT_TRUE(journal.empty());
}

TEST(Journal, AnswersToCancelledCallsAreWithdrawn)
{
    Journal journal(1600);
    JournalEntry answer = command(EntryClass::tool, Lane::tool, "answer");
    answer.call = "c1";
    journal.add(std::move(answer));
    journal.add(command(EntryClass::activity, Lane::control, "stop"));
    journal.withdraw_calls({"c1"});
    EXPECT_EQ(journal.next()->message, "stop");
    journal.withdraw_control();
    EXPECT_TRUE(journal.empty());
}

TEST(Journal, WhatCouldNotBeWrittenIsNextAgain)
{
    Journal journal(1600);
    const std::vector<int16_t> packet(800);
    journal.add_audio(0, packet);
    journal.add_audio(800, packet);
    JournalEntry entry = journal.take();
    journal.give_back(std::move(entry));
    EXPECT_EQ(journal.waiting_samples(), 1600u);
    EXPECT_EQ(journal.take().first_sample, 0u);
}

}  // namespace
}  // namespace gemlive::session
