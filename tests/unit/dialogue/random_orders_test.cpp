// Whatever a server sends and a client does, in whatever order: what always holds of what comes out.
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "messages.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

// Holds each effect against those before it.
class Invariants {
public:
    void asked(uint64_t request) { open_requests_.insert(request); }

    void operator()(const TurnStarted &start)
    {
        EXPECT_EQ(running_, 0u) << "one turn at a time";
        EXPECT_EQ(start.turn, last_turn_ + 1) << "turns are numbered in order";
        running_ = last_turn_ = start.turn;
        EXPECT_EQ(start.request != 0, start.trigger == Trigger::request);
        if (start.request != 0 && failed_requests_.erase(start.request) == 0) {
            EXPECT_EQ(open_requests_.erase(start.request), 1u) << "a request is answered once";
        }
        if (start.utterance != 0) {
            EXPECT_TRUE(answered_.insert(start.utterance).second) << "an utterance is answered once";
        }
    }
    void operator()(const TurnFinished &finish)
    {
        EXPECT_EQ(finish.turn, running_) << "one end for each start";
        EXPECT_EQ(finish.reason == TurnEnd::interrupted, interrupted_.contains(finish.turn));
        running_ = 0;
    }
    void operator()(const Interrupted &cut)
    {
        EXPECT_LE(cut.turn, last_turn_);
        EXPECT_NE(cut.turn, 0u);
        EXPECT_TRUE(interrupted_.insert(cut.turn).second || cut.by == Origin::application);
    }
    void operator()(const Text &effect) { runs(effect.turn); }
    void operator()(const Thought &effect) { runs(effect.turn); }
    void operator()(const Audio &effect)
    {
        runs(effect.turn);
        EXPECT_FALSE(interrupted_.contains(effect.turn)) << "what was cut is not played";
    }
    void operator()(const GenerationComplete &effect) { runs(effect.turn); }
    void operator()(const OutputTranscript &effect)
    {
        EXPECT_EQ(effect.turn, last_turn_) << "late words are those of the last turn";
    }
    void operator()(const ToolCallOpened &call)
    {
        runs(call.turn);
        EXPECT_TRUE(calls_.insert(call.call).second);
    }
    void operator()(const ToolCallsCancelled &cancelled)
    {
        EXPECT_FALSE(cancelled.calls.empty());
    }
    void operator()(const ReplyFailed &failed)
    {
        EXPECT_EQ(open_requests_.erase(failed.request), 1u) << "a request ends once";
        failed_requests_.insert(failed.request);
    }
    void operator()(const InputTranscript &words)
    {
        EXPECT_LE(words.transcript.size(), Utterances::max_transcript_bytes);
        EXPECT_EQ(words.correction, final_.contains(words.utterance)) << "what comes after the final one corrects";
        if (words.final) {
            EXPECT_TRUE(final_.insert(words.utterance).second);
        }
        auto &[settled, interim] = words_[words.utterance];
        if (words.interim) {
            interim = words.piece;
        } else if (!words.piece.empty()) {
            settled += words.piece;
            interim.clear();
        }
        EXPECT_EQ(words.transcript, settled + interim) << "no word that was shown is lost";
        shown_[words.utterance] = words.transcript;
    }
    void operator()(const Stalled &stalled)
    {
        EXPECT_EQ(stalled.turn, stalled.phase == StallPhase::mid_turn ? running_ : 0);
    }
    void operator()(const Dropped &dropped) { EXPECT_GT(dropped.amount, 0); }
    template <typename Other>
    void operator()(const Other &)
    {
    }

    void at_the_end()
    {
        EXPECT_EQ(running_, 0u);
        EXPECT_TRUE(open_requests_.empty()) << "each request has ended";
        for (const auto &[utterance, words] : shown_) {
            EXPECT_TRUE(final_.contains(utterance)) << "utterance " << utterance << " has no final transcript";
        }
    }

private:
    void runs(uint64_t turn) { EXPECT_EQ(turn, running_) << "nothing of a turn that does not run"; }

    uint64_t running_ = 0;
    uint64_t last_turn_ = 0;
    std::set<uint64_t> interrupted_;
    std::set<uint64_t> open_requests_;
    std::set<uint64_t> failed_requests_;
    std::set<uint64_t> answered_;
    std::set<uint64_t> final_;
    std::set<std::string> calls_;
    std::map<uint64_t, std::string> shown_;
    std::map<uint64_t, std::pair<std::string, std::string>> words_;  // settled, and the interim ones after them
};

class RandomOrder {
public:
    explicit RandomOrder(unsigned seed) : random_(seed) {}

    void play(int steps)
    {
        for (int i = 0; i < steps && !::testing::Test::HasFailure(); ++i) {
            step();
            check();
        }
        t_.turns.end(t_.now);
        check();
        invariants_.at_the_end();
        EXPECT_FALSE(t_.turns.is_running());
        EXPECT_FALSE(t_.turns.has_open_request());
        EXPECT_FALSE(t_.turns.has_open_calls());
    }

private:
    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    // What is due is never missed: a step of time goes from deadline to deadline.
    void pass(int64_t ms)
    {
        const int64_t until = t_.now + ms;
        int looks = 0;
        for (auto due = t_.turns.next_deadline(); due && *due <= until; due = t_.turns.next_deadline()) {
            t_.wait_until(std::max(t_.now, *due));
            ASSERT_LT(++looks, 100) << "a deadline that is over does not come again";
        }
        t_.now = until;
    }

    void server()
    {
        static const char *const messages[] = {
            audio, audio, audio, generation_complete, turn_complete, turn_complete, interrupted,
            R"({"serverContent":{"modelTurn":{"parts":[{"text":"So"},{"text":"why","thought":true}]}}})",
            R"({"serverContent":{"outputTranscription":{"text":"So "}}})",
            R"({"serverContent":{"outputTranscription":{"text":"it is.","finished":true}}})",
            R"({"serverContent":{"inputTranscription":{"text":" what"}}})",
            R"({"serverContent":{"inputTranscription":{"text":" now","finished":true}}})",
            R"({"serverContent":{"inputTranscription":{"finished":true}}})",
            R"({"serverContent":{"interimInputTranscription":{"text":" guess"}}})",
            R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1s"}})",
            R"({"voiceActivity":{"type":"ACTIVITY_END","audioOffset":"2s"}})",
            R"({"serverContent":{"interrupted":true,"turnComplete":true}})",
            R"({"serverContent":{"modelTurn":{"parts":[{"text":"a"}]},"generationComplete":true,"turnComplete":true}})",
            R"({"serverContent":{"modelTurn":{"parts":[{"future":1}]}}})",
            R"({"usageMetadata":{"totalTokenCount":3,"responseTokenCount":2}})",
            R"({"sessionResumptionUpdate":{"newHandle":"h","resumable":true}})",
            R"({"toolCallCancellation":{"ids":["c1","c2"]}})", "{}"};
        const int which = pick(static_cast<int>(std::size(messages)) + 1);
        if (which < static_cast<int>(std::size(messages))) {
            t_.receive(messages[which]);
        } else {
            t_.receive(R"({"toolCall":{"functionCalls":[{"id":"c)" + std::to_string(++calls_) + R"(","name":"f"}]}})");
        }
    }

    void client()
    {
        switch (pick(11)) {
        case 0: t_.turns.user_audio(); break;
        case 1: t_.turns.start_activity(SpeechSource::manual, std::nullopt, t_.now); break;
        case 2: t_.turns.end_activity(SpeechSource::manual, std::nullopt, t_.now); break;
        case 3:
            invariants_.asked(++requests_);
            t_.turns.open_request(requests_, 0, t_.now);
            break;
        case 4:
            if (requests_ > 0) {
                t_.turns.request_written(requests_ - (requests_ > 1 && pick(4) == 0), t_.now);
            }
            break;
        case 5: t_.turns.interrupt(false, t_.now); break;
        case 6: t_.turns.tool_answered("c" + std::to_string(std::max(calls_ - pick(3), 1)), pick(4) == 0, t_.now); break;
        case 7: t_.turns.playing_until(t_.now + pick(5000)); break;
        case 8: t_.turns.voice_started(t_.now, t_.now); break;
        case 9: t_.turns.voice_stopped(t_.now, t_.now); break;
        case 10:
            if (pick(4) == 0) {
                pick(2) == 0 ? t_.turns.connection_lost(t_.now) : t_.turns.connection_left(t_.now);
                t_.turns.fail_written_request();
                if (pick(2) == 0) {
                    t_.turns.context_lost();
                }
            }
            break;
        }
    }

    void step()
    {
        const int kind = pick(10);
        if (kind < 6) {
            server();
        } else if (kind < 8) {
            client();
        } else {
            static const int64_t times[] = {1, 50, 400, 1000, 3000, 11'000, 31'000};
            pass(times[pick(pick(3) == 0 ? 7 : 4)]);
        }
    }

    void check()
    {
        for (const Kept &entry : t_.kept()) {
            std::visit(invariants_, entry.effect);
        }
        t_.kept().clear();
    }

    std::mt19937 random_;
    TurnsHarness t_;
    Invariants invariants_;
    uint64_t requests_ = 0;
    int calls_ = 0;
};

TEST(RandomOrders, KeepWhatAlwaysHolds)
{
    for (unsigned seed = 1; seed <= 400; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        RandomOrder(seed).play(500);
        if (HasFailure()) {
            break;
        }
    }
}

}  // namespace
}  // namespace gemlive::dialogue::test
