// Who speaks when: one script at a time answers the client, others run beside it.

#include <algorithm>
#include <utility>

#include "conversation.hpp"

namespace gemlive::emulator {
namespace {

constexpr size_t most_jobs = 32;
constexpr size_t most_scripts_beside = 256;

}  // namespace

// What is not the client's input is looked at by the rules alone; nothing stands in when none matches.
void Conversation::happened(const Happening &happening)
{
    if (ended_)
        return;
    if (const Rule *rule = rules_.take(happening)) {
        log("rule " + (rule->name.empty() ? happening.kind : rule->name));
        run_beside(with_default(rule->actions, {}));
    }
    if (happening.kind == "turn_started")
        withdraw_handle();
    if (happening.kind == "turn_complete") {
        offer_handle();
        for (const std::string &text : std::exchange(late_transcripts_, {}))
            tell_transcript(text);
    }
}

std::vector<Action> Conversation::with_default(const std::vector<Action> &actions, const Heard &heard)
{
    std::vector<Action> all;
    for (const Action &action : actions) {
        if (action.kind != "default") {
            all.push_back(action);
            continue;
        }
        for (Action &own : small_talk(heard, stage_.setup, stage_.memory))
            all.push_back(std::move(own));
    }
    return all;
}

void Conversation::answer(const Happening &happening, const Heard &heard, bool own_turn)
{
    if (ended_)
        return;
    if (const Rule *rule = rules_.take(happening)) {
        log("rule " + (rule->name.empty() ? happening.kind : rule->name));
        enqueue(with_default(rule->actions, heard), own_turn);
        return;
    }
    if (stage_.setup.profile->only_transcribes)
        return;
    if (stage_.settings.answers)
        enqueue(small_talk(heard, stage_.setup, stage_.memory), own_turn);
    else if (turn_.running() && !lane_)
        lane_idle();
}

void Conversation::enqueue(std::vector<Action> actions, bool own_turn)
{
    if (lane_ || turn_.ending() || (own_turn && turn_.running())) {
        if (jobs_.size() >= most_jobs) {
            log("drops an answer: " + std::to_string(most_jobs) + " are waiting");
            return;
        }
        jobs_.push_back({std::move(actions), own_turn});
        return;
    }
    lane_ = std::make_shared<Script>(*this, std::move(actions));
    const std::shared_ptr<Script> script = lane_;
    script->go_on();
}

void Conversation::run_beside(std::vector<Action> actions)
{
    if (beside_.size() >= most_scripts_beside) {
        log("drops a rule: " + std::to_string(most_scripts_beside) + " are running");
        return;
    }
    const auto script = std::make_shared<Script>(*this, std::move(actions));
    beside_.push_back(script);
    script->go_on();
}

void Conversation::script_ended(const Script *script)
{
    if (lane_.get() == script) {
        const bool leaves_open = script->leaves_open();
        lane_.reset();
        if (!leaves_open || !jobs_.empty())
            lane_idle();
        return;
    }
    const bool leaves_open = script->leaves_open();
    std::erase_if(beside_, [script](const std::shared_ptr<Script> &other) { return other.get() == script; });
    if (!lane_ && turn_.running() && !leaves_open)
        lane_idle();  // what it said opened a turn that nobody else would close
}

// Nothing is being said: the next answer's time, or the turn's end.
void Conversation::lane_idle()
{
    if (ended_ || lane_ || turn_.ending())
        return;
    if (!jobs_.empty() && (!jobs_.front().own_turn || !turn_.running())) {
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        enqueue(std::move(job.actions), false);
        return;
    }
    if (!turn_.running())
        return;
    const bool call_has_own_turn =
        endpoint_.flavour == Flavour::vertex || stage_.setup.profile->reports_interaction;
    if (!turn_.open_calls().empty() && !call_has_own_turn) {
        // Waiting for a blocking answer no flag is sent; for others generation is over, but not the turn.
        if (!turn_.is_blocked())
            turn_.generation_complete();
        return;
    }
    turn_.complete("", "", [this] {
        if (stage_.setup.profile->handle_after_answer)
            offer_handle();
        lane_idle();
    });
}

void Conversation::interrupt(bool cancel_calls)
{
    if (!turn_.running())
        return;
    if (lane_) {
        lane_->abandon();
        lane_.reset();
    }
    jobs_.clear();
    if (cancel_calls)
        answered_ = Json::array();
    turn_.interrupt(cancel_calls);
}

void Conversation::transcribe(const Json &with)
{
    const std::string text = with.value("text", "");
    if (with.value("when", "now") == "after_turn") {
        late_transcripts_.push_back(text);
        return;
    }
    const std::string language = with.value("language", stage_.setup.input_language);
    if (with.value("interim", false)) {
        send(Messages::interim_transcript({text, false, language}));
        return;
    }
    const bool finished = with.value("finished", false);
    if (with.value("pieces", "whole") == "whole") {
        send(Messages::input_transcript({text, finished, language}));
        return;
    }
    // Word by word: every piece brings its leading space along, punctuation comes alone.
    std::string piece;
    const auto flush = [&] {
        if (!piece.empty())
            send(Messages::input_transcript({std::exchange(piece, ""), false, language}));
    };
    bool space = true;
    for (const char c : text) {
        if (c == ' ') {
            flush();
            space = true;
            continue;
        }
        if (c == ',')
            flush();
        if (space && c != ',')
            piece += ' ';
        piece += c;
        space = false;
    }
    flush();
    if (finished)
        send(Messages::input_transcript({"", true, language}));
}

void Conversation::wake_waiters()
{
    std::vector<std::shared_ptr<Script>> due;
    std::erase_if(waiters_, [this, &due](const Waiter &waiter) {
        const std::shared_ptr<Script> script = waiter.script.lock();
        const bool over = (waiter.samples >= 0 && heard_ >= waiter.samples) ||
                          (waiter.messages >= 0 && messages_ >= waiter.messages);
        if (script && over)
            due.push_back(script);
        return over || !script;
    });
    for (const std::shared_ptr<Script> &script : due)
        script->go_on();
}

}  // namespace gemlive::emulator
