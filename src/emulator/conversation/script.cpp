#include "script.hpp"

#include <utility>

#include "conversation.hpp"

namespace gemlive::emulator {

Script::Script(Conversation &conversation, std::vector<Action> actions)
    : conversation_(conversation), actions_(std::move(actions))
{
}

void Script::go_on()
{
    if (running_ || abandoned_)
        return;  // an action that ends at once calls back from inside perform()
    const std::shared_ptr<Script> self = shared_from_this();
    running_ = true;
    waiting_ = false;
    while (next_ < actions_.size() && !waiting_ && !conversation_.ended_) {
        const Action &action = actions_[next_++];
        waiting_ = true;
        if (perform(action))
            waiting_ = false;
        if (abandoned_)
            return;
    }
    running_ = false;
    if (finished())
        conversation_.script_ended(this);
}

std::function<void()> Script::when_done()
{
    return [weak = weak_from_this()] {
        if (const std::shared_ptr<Script> self = weak.lock()) {
            self->waiting_ = false;
            self->go_on();
        }
    };
}

bool Script::perform(const Action &action)
{
    static const std::map<std::string, bool (Script::*)(const Action &)> groups = {
        {"say", &Script::perform_output},
        {"silence", &Script::perform_output},
        {"text", &Script::perform_output},
        {"thought", &Script::perform_output},
        {"call", &Script::perform_output},
        {"output_transcript", &Script::perform_output},
        {"generation_complete", &Script::perform_output},
        {"turn_complete", &Script::perform_output},
        {"close", &Script::perform_fault},
        {"reset", &Script::perform_fault},
        {"stall", &Script::perform_fault},
        {"stop_reading", &Script::perform_fault},
        {"raw", &Script::perform_fault},
        {"split", &Script::perform_fault},
        {"delay_samples", &Script::perform_wait},
        {"delay_messages", &Script::perform_wait},
        {"delay_ms", &Script::perform_wait},
    };
    const auto group = groups.find(action.kind);
    return group == groups.end() ? perform_signal(action) : (this->*group->second)(action);
}

bool Script::perform_output(const Action &action)
{
    Turn &turn = conversation_.turn_;
    const Json &with = action.with;
    if (action.kind == "say") {
        Utterance utterance;
        utterance.text = with.value("text", "");
        utterance.transcript = with.value("transcript", "");
        utterance.voice = with.value("voice", "");
        utterance.chunk_bytes = with.value("chunk_bytes", size_t{0});
        utterance.pace = with.value("pace", 0.0);
        turn.say(utterance, when_done());
        return false;
    }
    if (action.kind == "silence") {
        turn.silence(with.value("ms", int64_t{0}), when_done());
        return false;
    }
    if (action.kind == "turn_complete") {
        turn.complete(with.value("reason", ""), with.value("interaction_status", ""), when_done());
        return false;
    }
    if (action.kind == "text")
        turn.text(with.value("text", ""));
    else if (action.kind == "thought")
        turn.thought(with.value("text", ""));
    else if (action.kind == "call")
        turn.call(with["calls"]);
    else if (action.kind == "output_transcript")
        turn.output_transcript(
            {with.value("text", ""), with.value("finished", false), with.value("language", "")});
    else
        turn.generation_complete();
    return true;
}

bool Script::perform_signal(const Action &action)
{
    Conversation &c = conversation_;
    const Json &with = action.with;
    if (action.kind == "transcribe") {
        c.transcribe(with);
    } else if (action.kind == "interrupt") {
        c.interrupt();
    } else if (action.kind == "leave_open") {
        leaves_open_ = true;
    } else if (action.kind == "setup_complete") {
        c.complete_setup();
    } else if (action.kind == "cancel_calls") {
        std::vector<std::string> ids = with.value("ids", std::vector<std::string>{});
        if (!with.contains("ids")) {
            for (const Turn::Open &call : c.turn_.open_calls())
                ids.push_back(call.id);
        }
        c.turn_.cancel_calls(ids);
    } else if (action.kind == "usage") {
        Json message;
        message["usageMetadata"] =
            with.contains("metadata") && !with["metadata"].empty()
                ? with["metadata"]
                : c.stage_.memory.usage.end_turn(*c.stage_.setup.profile, c.endpoint_.flavour);
        c.send(message);
    } else if (action.kind == "resumption") {
        if (!with.contains("handle") && with.value("resumable", true) && !with.contains("last_consumed")) {
            c.give_handle();
            return true;
        }
        Json update = Json::object();
        if (!with.value("handle", "").empty() && with["handle"] != "none")
            update["newHandle"] = with["handle"];
        if (with.value("resumable", update.contains("newHandle")))
            update["resumable"] = true;
        if (with.contains("last_consumed"))
            update["lastConsumedClientMessageIndex"] = std::to_string(with["last_consumed"].get<int64_t>());
        Json message;
        message["sessionResumptionUpdate"] = std::move(update);
        c.send(message);
    } else if (action.kind == "go_away") {
        const int64_t left = with.value("time_left_ms", c.stage_.settings.go_away_ms);
        Json message;
        message["goAway"] = Json::object();
        if (left > 0)
            message["goAway"]["timeLeft"] = duration_text(left);
        c.send(message);
        if (with.value("close", true)) {
            c.after(c.stage_.scaled(static_cast<double>(left)),
                    [&c] { c.close(1011, "Deadline expired before operation could complete."); });
        }
    }
    return true;
}

bool Script::perform_fault(const Action &action)
{
    Conversation &c = conversation_;
    const Json &with = action.with;
    if (action.kind == "close") {
        c.close(with.value("code", uint16_t{1000}), with.value("reason", ""));
    } else if (action.kind == "reset") {
        c.log("resets the connection");
        c.ended_ = true;
        c.wire_.reset();
    } else if (action.kind == "stall") {
        c.log("stalls the connection");
        c.ended_ = true;
        c.wire_.stall(with.value("reset_after_ms", int64_t{0}));
    } else if (action.kind == "stop_reading") {
        c.log("stops reading");
        c.wire_.stop_reading();
    } else if (action.kind == "raw") {
        const bool binary = with.value("frame", c.stage_.settings.text_frames ? "text" : "binary") == "binary";
        c.send_text(with.contains("text") ? with["text"].get<std::string>() : with["message"].dump(2) + "\n",
                    binary);
    } else if (action.kind == "split") {
        c.wire_.split(with.value("frame_bytes", size_t{0}));
    }
    return true;
}

bool Script::perform_wait(const Action &action)
{
    Conversation &c = conversation_;
    const Json &with = action.with;
    if (action.kind == "delay_ms") {
        c.after(c.stage_.scaled(with.value("ms", 0.0)), when_done());
        return false;
    }
    Conversation::Waiter waiter;
    waiter.script = weak_from_this();
    if (action.kind == "delay_samples") {
        const int64_t samples = with.value("samples", int64_t{0});
        if (samples == 0)
            return true;
        waiter.samples = c.heard_ + samples;
    } else {
        const int64_t messages = with.value("messages", int64_t{0});
        if (messages == 0)
            return true;
        waiter.messages = c.messages_ + messages;
    }
    c.waiters_.push_back(std::move(waiter));
    return false;
}

}  // namespace gemlive::emulator
