#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "endpoint.hpp"
#include "handler.hpp"
#include "hearing.hpp"
#include "memory.hpp"
#include "microphone.hpp"
#include "recorder.hpp"
#include "rules.hpp"
#include "scenario.hpp"
#include "script.hpp"
#include "small_talk.hpp"
#include "timeline.hpp"
#include "tokens.hpp"
#include "turn.hpp"
#include "voice.hpp"
#include "wire.hpp"

namespace gemlive::emulator {

// What all conversations of one emulator share.
struct Services {
    const Scenario &scenario;
    Timeline &timeline;
    Voice &voice;
    Ids &ids;
    Handles &handles;
    Tokens &tokens;
    std::function<void(const std::string &)> log = [](const std::string &) {};
};

// One connection's side of the service: setup, input, turns, rules. All its waiting is on the timeline.
class Conversation : public Handler, public std::enable_shared_from_this<Conversation> {
public:
    Conversation(Services &services, Wire &wire, const Endpoint &endpoint, int number,
                 std::unique_ptr<Recorder> recorder);
    ~Conversation() override;

    void start() override;
    void receive(std::string_view text, bool binary) override;
    void lost() override;

private:
    friend class Script;

    // conversation.cpp: the life of a connection
    void send(const Json &message);
    void send_text(const std::string &text, bool binary);
    void close(uint16_t code, const std::string &reason);
    void refuse(const Refusal &refusal);
    void log(const std::string &text) const;
    void after(Duration delay, std::function<void()> action);
    void take_setup(Json message);
    bool admit(Json &setup);
    void complete_setup();
    void count_instructions();
    bool resume();
    void announce_end();
    void give_handle();
    void offer_handle();
    void withdraw_handle();
    void acknowledge();

    // input.cpp: what the client says
    void take_message(const Json &message);
    void take_content(const Json &content);
    void take_realtime(const Json &input);
    void take_tool_response(const Json &response);
    void take_context_update(const Json &update);
    void hear(std::span<const int16_t> samples);
    void speech_edge(const HeardSpeech &edge);
    void start_speech(int64_t at);
    void end_speech(int64_t from, int64_t to);
    void tell_transcript(const std::string &text);

    // streaming.cpp: what models say while they listen
    int64_t next_report(int64_t after) const;
    void report_while_hearing();
    void tell_interim();
    void finish_transcript(const std::string &text, int64_t from, int64_t to);

    // lane.cpp: who speaks when
    void happened(const Happening &happening);
    std::vector<Action> with_default(const std::vector<Action> &actions, const Heard &heard);
    void answer(const Happening &happening, const Heard &heard, bool own_turn);
    void enqueue(std::vector<Action> actions, bool own_turn);
    void run_beside(std::vector<Action> actions);
    void script_ended(const Script *script);
    void lane_idle();
    void interrupt(bool cancel_calls = true);
    void transcribe(const Json &with);

    struct Waiter {
        int64_t samples = -1;  // goes on when so many were heard in all
        int64_t messages = -1;
        std::weak_ptr<Script> script;
    };
    void wake_waiters();

    struct Job {
        std::vector<Action> actions;
        bool own_turn;  // starts when the running turn is over; else joins it
    };

    Services &services_;
    Wire &wire_;
    Endpoint endpoint_;
    int number_;
    std::unique_ptr<Recorder> recorder_;
    Stage stage_;
    RuleBook rules_;
    Turn turn_;
    bool ended_ = false;
    bool have_setup_ = false;
    bool ready_ = false;  // setupComplete was sent
    std::string resumed_from_;
    bool resumable_ = false;  // the last update had a handle
    std::deque<Json> early_;  // came before setupComplete
    int64_t messages_ = -1;   // the setup is number 0, as in the service's own counting
    int64_t images_ = 0;
    int64_t heard_ = 0;
    int64_t told_audio_ms_ = 0;  // of what was sent, for the rules
    size_t utterances_ = 0;
    bool history_open_ = false;  // clientContent is history still
    std::unique_ptr<Hearing> hearing_;
    Microphone microphone_;
    bool speaking_ = false;  // the user
    int64_t speaking_from_ = 0;
    bool manual_ = false;  // between activityStart and activityEnd
    int64_t manual_from_ = 0;
    std::string pending_text_;  // text of the open manual activity
    std::vector<std::string> late_transcripts_;
    Json answered_ = Json::array();  // tool answers while others of the same turn are open
    std::shared_ptr<Script> lane_;
    std::deque<Job> jobs_;
    std::vector<std::shared_ptr<Script>> beside_;
    std::vector<Waiter> waiters_;
};

}  // namespace gemlive::emulator
