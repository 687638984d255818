#include "session/session.hpp"

#include "controller.hpp"
#include "platform/background.hpp"
#include "protocol/client_message.hpp"
#include "session/shared.hpp"
#include "setup_update.hpp"

namespace gemlive::session {

Error Session::create(const std::shared_ptr<Model> &model, const settings::Options *changes, delivery::Deliver deliver,
                      std::shared_ptr<Session> &out, const Surroundings &surroundings)
{
    if (model->is_closed()) {
        return {Status::closed, "the model is closed"};
    }
    Configuration configuration = model->configuration();
    if (changes) {
        const Configuration of_model = configuration;
        if (Error error = of_model.with(*changes, configuration)) {
            return error;
        }
    }
    out.reset(new Session(model, std::move(configuration), surroundings));
    out->join_queue(std::move(deliver));
    return {};
}

Session::Session(std::shared_ptr<Model> model, Configuration configuration, const Surroundings &surroundings)
    : model_(std::move(model)), shared_(std::make_shared<Shared>(std::move(configuration))),
      controller_(std::make_shared<Controller>(shared_, model_->engine(), surroundings))
{
}

Session::~Session()
{
    destroy();
}

void Session::join_queue(delivery::Deliver deliver)
{
    if (deliver) {
        callback_thread_ = model_->callback_thread();
        shared_->events.join(callback_thread_->queue(), std::move(deliver));
    } else if (shared_->settings()->share_events) {
        shared_->events.join(model_->queue());
    } else {
        own_queue_ = std::make_shared<delivery::EventQueue>();
        shared_->events.join(own_queue_);
        own_queue_->seal();
    }
}

Error Session::start(uint64_t handle)
{
    shared_->handle = handle;
    controller_->thread()->post([controller = controller_] { controller->start(); });
    if (!model_->add(shared_from_this())) {
        return {Status::closed, "the model is closed"};
    }
    if (destroyed_.load()) {  // by gemlive_destroy_all, meanwhile
        controller_->thread()->post([controller = controller_] { controller->abort(); });
    }
    return {};
}

void Session::destroy()
{
    if (destroyed_.exchange(true)) {
        return;
    }
    shared_->destroyed.store(true);
    shared_->close();
    if (own_queue_) {
        own_queue_->cancel();
    }
    shared_->events.cancel();
    platform::cancel_in_background(this);
    {
        std::lock_guard lock(shared_->room_mutex);
        shared_->room_changed.notify_all();
    }
    controller_->thread()->post([controller = controller_] { controller->abort(); });
    shared_->events.wait_handed_back();
}

const std::shared_ptr<engine::IoThread> &Session::thread() const noexcept
{
    return controller_->thread();
}

int32_t Session::state() const noexcept
{
    const State state = shared_->state.load();
    const bool closing = state != State::closed && shared_->is_closing();
    return static_cast<int32_t>(closing ? State::closing : state);
}

Error Session::ended_error() const
{
    return shared_->is_closing() ? shared_->ended_error() : Error();
}

Error Session::send(Command command)
{
    const bool answers = command.kind == Command::Kind::interrupt ||
                         (!command.entries.empty() && command.entries.front().kind == EntryClass::tool);
    if (shared_->is_closing() && !(answers && draining_.load()) && command.kind != Command::Kind::close) {
        return shared_->closed_error();
    }
    switch (const Status status = shared_->inbox.put(std::move(command), shared_->input)) {
    case Status::ok: break;
    case Status::closed: return shared_->closed_error();
    default: return {status, "as much waits to be sent as the options command_queue and command_queue_bytes allow"};
    }
    controller_->thread()->post([controller = controller_] { controller->process_inbox(); });
    return {};
}

Error Session::send_message(JournalEntry entry)
{
    Command command(Command::Kind::send);
    command.in_stream = entry.lane == Lane::content;
    command.entries.push_back(std::move(entry));
    return send(std::move(command));
}

Error Session::close(bool drain, std::optional<int64_t> timeout_ms)
{
    if (timeout_ms && *timeout_ms < 0) {
        return {Status::invalid_argument, "timeout_ms is " + std::to_string(*timeout_ms) + "; allowed is 0 or more"};
    }
    // A later close hurries the first; it cannot make it wait longer.
    const bool first = shared_->close();
    draining_.store(drain && (first || draining_.load()));
    {
        std::lock_guard lock(shared_->room_mutex);
        shared_->room_changed.notify_all();
    }
    Command command(Command::Kind::close);
    command.in_stream = false;
    command.drain = drain;
    command.timeout_ms = timeout_ms.value_or(shared_->settings()->drain_timeout_ms);
    static_cast<void>(send(std::move(command)));  // refused when it has just ended by itself: that is an end, too
    return {};
}

Error Session::interrupt()
{
    Command command(Command::Kind::interrupt);
    command.in_stream = false;
    JournalEntry stop;
    stop.lane = Lane::control;
    stop.kind = EntryClass::activity;
    // A content turn, even an empty one, stops the model. Where content is not taken what still comes is only dropped.
    if (shared_->settings()->service.capabilities.content_turns == protocol::ContentTurns::always) {
        protocol::encode_client_content(nullptr, false, stop.message);
        command.entries.push_back(std::move(stop));
    }
    return send(std::move(command));
}

Error Session::start_user_activity()
{
    const std::lock_guard lock(shared_->activity_mutex);
    if (!shared_->settings()->setup.manual_activity) {
        return {Status::invalid_state, "the server detects speech itself; start_user_activity is for sessions whose "
                                       "realtime_input_config has automaticActivityDetection.disabled"};
    }
    if (shared_->activity != 0) {
        return {};
    }
    Command command(Command::Kind::start_activity);
    command.entries.push_back(activity_entry(ActivityMark::start));
    Error error = send(std::move(command));
    if (!error) {
        shared_->activity = ++shared_->last_activity;
    }
    return error;
}

Error Session::end_user_activity()
{
    const std::lock_guard lock(shared_->activity_mutex);
    if (!shared_->settings()->setup.manual_activity) {
        return {Status::invalid_state, "the server detects speech itself; end_user_activity is for sessions whose "
                                       "realtime_input_config has automaticActivityDetection.disabled"};
    }
    if (shared_->activity == 0) {
        return {};
    }
    Command command(Command::Kind::end_activity);
    command.entries.push_back(activity_entry(ActivityMark::end));
    Error error = send(std::move(command));
    if (!error) {
        shared_->activity = 0;
    }
    return error;
}

Error Session::audio_stream_end()
{
    if (shared_->settings()->setup.manual_activity) {
        return {Status::invalid_state, "audio_stream_end is for sessions in which the server detects speech; here use "
                                       "end_user_activity"};
    }
    Command command(Command::Kind::end_stream);
    command.entries.push_back(stream_end_entry());
    return send(std::move(command));
}

Error Session::commit_audio()
{
    if (shared_->settings()->setup.manual_activity) {
        return end_user_activity();
    }
    Command command(Command::Kind::commit_audio);
    command.entries.push_back(stream_end_entry());
    return send(std::move(command));
}

Error Session::clear_audio()
{
    return send(Command(Command::Kind::clear_audio));
}

std::string Session::tools_json() const
{
    return shared_->settings()->setup.tools.given().dump();
}

std::string Session::capabilities_json() const
{
    const auto settings = shared_->settings();
    nlohmann::json capabilities = settings->capabilities_json();
    capabilities["updates"] = costs_of_updates(
        *settings, {shared_->refuses_context_update.load(), shared_->refuses_system_turn.load()});
    return capabilities.dump();
}

}  // namespace gemlive::session
