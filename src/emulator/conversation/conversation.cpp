#include "conversation.hpp"

#include <algorithm>
#include <utility>

#include "reader.hpp"

namespace gemlive::emulator {
namespace {

constexpr size_t most_early_messages = 8192;

bool has_action(const std::vector<Action> &actions, std::initializer_list<std::string_view> kinds)
{
    return std::any_of(actions.begin(), actions.end(), [&kinds](const Action &action) {
        return std::find(kinds.begin(), kinds.end(), action.kind) != kinds.end();
    });
}

}  // namespace

Conversation::Conversation(Services &services, Wire &wire, const Endpoint &endpoint, int number,
                           std::unique_ptr<Recorder> recorder)
    : services_(services), wire_(wire), endpoint_(endpoint), number_(number),
      recorder_(std::move(recorder)), stage_{services.scenario.settings,
                                             services.timeline,
                                             services.voice,
                                             services.ids,
                                             endpoint.flavour,
                                             {},
                                             {},
                                             [this](const Json &message) { send(message); },
                                             [this](const std::string &kind, int64_t amount) {
                                                 if (kind != "sent_audio_ms") {
                                                     Happening happening;
                                                     happening.kind = kind;
                                                     happened(happening);
                                                     return;
                                                 }
                                                 while (const auto next =
                                                            rules_.next_number(kind, told_audio_ms_)) {
                                                     if (*next > amount)
                                                         break;
                                                     told_audio_ms_ = *next;
                                                     Happening happening;
                                                     happening.kind = kind;
                                                     happening.number = *next;
                                                     happened(happening);
                                                 }
                                             }},
      rules_(services.scenario.rules, number), turn_(stage_)
{
    stage_.setup.profile = find_profile("neutral");
}

Conversation::~Conversation() = default;

void Conversation::log(const std::string &text) const
{
    services_.log("connection " + std::to_string(number_) + ": " + text);
}

void Conversation::after(Duration delay, std::function<void()> action)
{
    services_.timeline.after(delay, [weak = weak_from_this(), action = std::move(action)] {
        const std::shared_ptr<Conversation> self = weak.lock();
        if (self && !self->ended_)
            action();
    });
}

void Conversation::send(const Json &message)
{
    // Google's servers indent by two spaces and end with a newline.
    send_text(message.dump(2, ' ', false, Json::error_handler_t::replace) + "\n", !stage_.settings.text_frames);
}

void Conversation::send_text(const std::string &text, bool binary)
{
    if (ended_)
        return;
    if (recorder_)
        recorder_->message(false, binary, text, services_.timeline.now());
    wire_.send(text, binary);
}

void Conversation::close(uint16_t code, const std::string &reason)
{
    if (ended_)
        return;
    ended_ = true;
    log("closes with " + std::to_string(code) + " " + reason);
    wire_.close(code, reason);
}

void Conversation::refuse(const Refusal &refusal)
{
    close(refusal.code, refusal.reason);
}

void Conversation::lost()
{
    ended_ = true;
    for (const std::shared_ptr<Script> &script : beside_)
        script->abandon();
    if (lane_)
        lane_->abandon();
}

void Conversation::start()
{
    Happening happening;
    happening.kind = "connected";
    happened(happening);
}

void Conversation::receive(std::string_view text, bool binary)
{
    if (ended_)
        return;
    ++messages_;
    if (recorder_) {
        if (messages_ == 0)
            recorder_->zero(services_.timeline.now());
        recorder_->message(true, binary, text, services_.timeline.now());
    }
    if (endpoint_.bad_credential) {
        refuse(endpoint_.bad_credential);
        return;
    }
    Json message;
    if (const Refusal refusal = read_client_message(text, endpoint_.flavour, message)) {
        refuse(refusal);
        return;
    }
    Happening happening;
    happening.kind = "message";
    happening.number = messages_;
    happened(happening);
    wake_waiters();
    if (ended_)
        return;
    if (!have_setup_) {
        take_setup(message);
        return;
    }
    if (const Refusal refusal = check_message(message, stage_.setup, endpoint_.flavour)) {
        refuse(refusal);
        return;
    }
    if (!ready_) {
        early_.push_back(std::move(message));
        if (early_.size() > most_early_messages)
            close(1011, "Too many messages before setupComplete.");
        return;
    }
    take_message(message);
    acknowledge();
}

// By an ephemeral token, which may have the last word on the setup, and ends the conversation with its own end.
bool Conversation::admit(Json &setup)
{
    const Duration now = services_.timeline.now();
    if (const Refusal refusal = services_.tokens.admit(endpoint_.token, setup, now)) {
        log("its token is used up or expired");
        refuse(refusal);
        return false;
    }
    if (const auto left = services_.tokens.left(endpoint_.token, now))
        after(*left, [this] { refuse(token_no_longer_good()); });
    return true;
}

void Conversation::take_setup(Json message)
{
    if (!message.contains("setup")) {
        refuse(invalid("setup must be the first message and only the first."));
        return;
    }
    have_setup_ = true;
    if (!admit(message["setup"]))
        return;
    if (const Refusal refusal = read_setup(message["setup"], endpoint_, stage_.settings, stage_.setup)) {
        refuse(refusal);
        return;
    }
    log("setup for " + stage_.setup.model + " as " + std::string(stage_.setup.profile->name));
    stage_.memory.model = stage_.setup.model;
    if (!stage_.setup.handle.empty() && !resume())
        return;
    history_open_ = stage_.setup.history_first;
    if (stage_.setup.automatic)
        hearing_ = std::make_unique<Hearing>(stage_.setup.hearing);
    count_instructions();
    if (stage_.setup.never_answered) {
        log("this setup is answered by silence");
        return;
    }

    Happening happening;
    happening.kind = "setup";
    happening.message = message["setup"];
    const Rule *rule = rules_.take(happening);
    const std::vector<Action> actions = rule != nullptr ? rule->actions : std::vector<Action>{};
    const bool by_rule = has_action(actions, {"setup_complete", "ignore_setup", "close", "reset", "stall"});
    if (by_rule) {
        run_beside(actions);
        return;
    }
    after(stage_.scaled(static_cast<double>(stage_.settings.setup_ms)), [this, actions] {
        complete_setup();
        if (!actions.empty())
            enqueue(with_default(actions, {}), false);
    });
}

void Conversation::count_instructions()
{
    std::string text;
    for (const Json &part :
         stage_.setup.message.value("systemInstruction", Json::object()).value("parts", Json::array()))
        text += part.value("text", "");
    for (const Json &function : stage_.setup.functions)
        text += function.dump();
    stage_.memory.usage.read_instructions(text);
}

bool Conversation::resume()
{
    Memory memory;
    const Duration now = services_.timeline.now();
    const Handles::Found found = services_.handles.find(stage_.setup.handle, now, memory);
    if (found != Handles::Found::good) {
        static const char *const names[] = {"good", "unknown", "used", "expired"};
        log("the resumption handle is " + std::string(names[static_cast<int>(found)]));
        refuse({1008, "Requested entity was not found."});
        return false;
    }
    if (memory.model != stage_.setup.model) {
        refuse(invalid("Request contains an invalid argument."));
        return false;
    }
    log("resumes");
    stage_.memory = std::move(memory);
    resumed_from_ = stage_.setup.handle;
    return true;
}

void Conversation::complete_setup()
{
    if (ready_)
        return;
    Json message;
    message["setupComplete"] = Json::object();
    if (endpoint_.flavour == Flavour::vertex)
        message["setupComplete"]["sessionId"] = services_.ids.uuid();
    send(message);
    ready_ = true;
    if (stage_.setup.resumption || stage_.setup.profile->unasked_handle)
        give_handle();
    announce_end();
    while (!early_.empty() && !ended_) {
        const Json early = std::move(early_.front());
        early_.pop_front();
        take_message(early);
    }
}

void Conversation::announce_end()
{
    const int64_t announced = std::max<int64_t>(stage_.settings.connection_ms - stage_.settings.go_away_ms, 0);
    Action go_away{"go_away", Json::object()};
    go_away.with["time_left_ms"] = std::min(stage_.settings.go_away_ms, stage_.settings.connection_ms);
    after(stage_.scaled(static_cast<double>(announced)), [this, go_away] { run_beside({go_away}); });
}

void Conversation::give_handle()
{
    Json update;
    update["newHandle"] = services_.handles.give(stage_.memory, services_.timeline.now());
    update["resumable"] = true;
    if (stage_.setup.transparent)
        update["lastConsumedClientMessageIndex"] = std::to_string(messages_);
    if (!resumed_from_.empty())
        services_.handles.retire(std::exchange(resumed_from_, ""));
    Json message;
    message["sessionResumptionUpdate"] = std::move(update);
    send(message);
    resumable_ = true;
}

// Between turns, with no call open: there is nothing that a resumed session could miss.
void Conversation::offer_handle()
{
    const Profile &profile = *stage_.setup.profile;
    const bool wanted = stage_.setup.resumption || profile.unasked_handle || profile.handle_after_answer;
    if (wanted && !turn_.running() && turn_.open_calls().empty())
        give_handle();
}

void Conversation::withdraw_handle()
{
    if (!stage_.setup.resumption || !std::exchange(resumable_, false))
        return;
    Json message;
    message["sessionResumptionUpdate"] = Json::object();
    send(message);
}

void Conversation::acknowledge()
{
    const int64_t every = stage_.settings.ack_every;
    if (stage_.setup.transparent && every > 0 && messages_ % every == 0)
        offer_handle();
}

}  // namespace gemlive::emulator
