#include <gemlive/gemlive_session.h>

#include "base/json_text.hpp"
#include "copy_out.hpp"
#include "drain.hpp"
#include "json_fields.hpp"
#include "option_changes.hpp"
#include "with_session.hpp"

using namespace gemlive;
using namespace gemlive::capi;
using session::Session;

namespace {

Error start_session(gemlive_model *model, const gemlive_options *options, delivery::Deliver deliver, void *user_data,
                    gemlive_session **session)
{
    const Pinned<ModelObject> maker(model);
    if (!maker) {
        return invalid_handle("model");
    }
    const Pinned<OptionsObject> changes(options);
    if (options && !changes) {
        return invalid_handle("options");
    }
    auto object = std::make_unique<SessionObject>();
    std::shared_ptr<Session> made;
    if (Error error = Session::create(maker->model, changes ? &changes->options : nullptr, std::move(deliver), made)) {
        return error;
    }
    object->session = made;
    object->user_data.store(user_data);
    *session = make_handle(std::move(object));
    if (!*session) {
        return {Status::out_of_memory, "too many handles are alive"};
    }
    // What fails from here on, thrown or told, leaves no live handle.
    struct Unless {
        gemlive_session **session;
        bool started = false;
        ~Unless()
        {
            if (!started) {
                destroy(std::exchange(*session, nullptr));
            }
        }
    } guard{session};
    Error error = made->start(token(*session));
    guard.started = !error;
    return error;
}

// The queue that is drained by calls on the session.
Error own_queue(const Session &session, delivery::EventQueue *&queue)
{
    queue = session.own_queue();
    if (queue) {
        return {};
    }
    return {Status::invalid_state, session.has_callback() ? "the session gives its events to a callback"
                                                          : "the session shares the queue of its model (option "
                                                            "share_events): the model's poll or dispatch takes them"};
}

gemlive_status copy_json(gemlive_session *session, std::string (Session::*json)() const, char *buffer, size_t capacity,
                         size_t *needed)
{
    if (needed) {
        *needed = 0;
    }
    return with_session(session, [&](const Session &s) { return copy_out((s.*json)(), buffer, capacity, needed); });
}

}  // namespace

gemlive_status gemlive_session_create(gemlive_model *model, const gemlive_options *options, gemlive_session **session)
{
    return guarded([&]() -> Error {
        if (!session) {
            return null_argument("session");
        }
        *session = nullptr;
        return start_session(model, options, nullptr, nullptr, session);
    });
}

gemlive_status gemlive_session_create_with_callback(gemlive_model *model, const gemlive_options *options,
                                                    gemlive_event_callback callback, void *user_data,
                                                    gemlive_release_callback release, gemlive_session **session)
{
    return guarded([&]() -> Error {
        const std::shared_ptr<void> owner = owned(user_data, release);
        if (!session) {
            return null_argument("session");
        }
        *session = nullptr;
        if (!callback) {
            return null_argument("callback");
        }
        const auto deliver = [callback, owner](const delivery::EventPtr &event) {
            call_back(callback, owner.get(), event);
        };
        return start_session(model, options, deliver, user_data, session);
    });
}

gemlive_status gemlive_session_close(gemlive_session *session)
{
    return with_session(session, [](Session &s) { return s.close(false, std::nullopt); });
}

gemlive_status gemlive_session_close_json(gemlive_session *session, const char *json)
{
    return with_session(session, [&](Session &s) -> Error {
        JsonFields fields(json);
        const bool drain = fields.boolean("drain").value_or(false);
        const auto timeout_ms = fields.integer("timeout_ms");
        Error error = fields.finish();
        return error ? error : s.close(drain, timeout_ms);
    });
}

void gemlive_session_destroy(gemlive_session *session)
{
    destroy(session);
}

int32_t gemlive_session_state(const gemlive_session *session)
{
    const Pinned<SessionObject> object(session);
    return object ? object->session->state() : 0;
}

gemlive_status gemlive_session_set_user_data(gemlive_session *session, void *user_data)
{
    return guarded([&]() -> Error {
        const Pinned<SessionObject> object(session);
        if (!object) {
            return invalid_handle("session");
        }
        if (object->session->has_callback()) {
            return {Status::invalid_state, "the session has a callback: its user_data is the one given with it"};
        }
        object->user_data.store(user_data);
        return {};
    });
}

void *gemlive_session_user_data(const gemlive_session *session)
{
    const Pinned<SessionObject> object(session);
    return object ? object->user_data.load() : nullptr;
}

gemlive_status gemlive_session_poll_event(gemlive_session *session, int64_t timeout_ms, gemlive_event **event)
{
    if (event) {
        *event = nullptr;
    }
    return with_session(session, [&](Session &s) -> Error {
        delivery::EventQueue *queue;
        if (Error error = own_queue(s, queue)) {
            return error;
        }
        return poll_event(*queue, timeout_ms, event);
    });
}

gemlive_status gemlive_session_dispatch(gemlive_session *session, gemlive_event_callback callback, void *user_data,
                                        size_t max_events)
{
    return with_session(session, [&](Session &s) -> Error {
        delivery::EventQueue *queue;
        if (Error error = own_queue(s, queue)) {
            return error;
        }
        return dispatch_events(*queue, callback, user_data, max_events);
    });
}

gemlive_status gemlive_session_wake(gemlive_session *session)
{
    return with_session(session, [](Session &s) -> Error {
        if (delivery::EventQueue *const queue = s.own_queue()) {
            queue->wake();
        }
        return {};
    });
}

gemlive_status gemlive_session_set_wakeup(gemlive_session *session, gemlive_wakeup_callback callback, void *user_data,
                                          gemlive_release_callback release)
{
    return guarded([&]() -> Error {
        const std::shared_ptr<void> owner = owned(user_data, release);
        const Pinned<SessionObject> object(session);
        if (!object) {
            return invalid_handle("session");
        }
        delivery::EventQueue *queue;
        if (Error error = own_queue(*object->session, queue)) {
            return error;
        }
        queue->set_hook(hook_of(callback, owner));
        return {};
    });
}

intptr_t gemlive_session_wait_handle(gemlive_session *session)
{
    return guarded_or<intptr_t>(-1, [&]() -> intptr_t {
        const Pinned<SessionObject> object(session);
        delivery::EventQueue *const queue = object ? object->session->own_queue() : nullptr;
        return queue ? queue->wait_handle() : -1;
    });
}

gemlive_status gemlive_session_send_text(gemlive_session *session, const char *text, uint64_t *request)
{
    return asking(session, request, [&](Session &s, uint64_t &id) {
        return text ? s.send_text({text, true}, id) : null_argument("text");
    });
}

gemlive_status gemlive_session_send_text_n(gemlive_session *session, const char *text, size_t length,
                                           uint64_t *request)
{
    return asking(session, request, [&](Session &s, uint64_t &id) {
        return text ? s.send_text({std::string(text, length), true}, id) : null_argument("text");
    });
}

gemlive_status gemlive_session_send_text_json(gemlive_session *session, const char *json, uint64_t *request)
{
    return asking(session, request, [&](Session &s, uint64_t &id) -> Error {
        JsonFields fields(json);
        session::SendText text;
        text.text = fields.text("text").value_or("");
        text.turn_complete = fields.boolean("turn_complete").value_or(true);
        Error error = fields.finish();
        return error ? error : s.send_text(text, id);
    });
}

gemlive_status gemlive_session_generate_reply(gemlive_session *session, const char *instructions, uint64_t *request)
{
    return asking(session, request, [&](Session &s, uint64_t &id) {
        session::GenerateReply reply;
        reply.instructions = instructions ? instructions : "";
        return s.generate_reply(reply, id);
    });
}

gemlive_status gemlive_session_generate_reply_n(gemlive_session *session, const char *instructions, size_t length,
                                                uint64_t *request)
{
    return asking(session, request, [&](Session &s, uint64_t &id) {
        session::GenerateReply reply;
        reply.instructions = instructions ? std::string(instructions, length) : std::string();
        return s.generate_reply(reply, id);
    });
}

gemlive_status gemlive_session_generate_reply_json(gemlive_session *session, const char *json, uint64_t *request)
{
    return asking(session, request, [&](Session &s, uint64_t &id) -> Error {
        JsonFields fields(json);
        session::GenerateReply reply;
        reply.instructions = fields.text("instructions").value_or("");
        reply.text = fields.text("text").value_or("");
        reply.timeout_ms = fields.integer("timeout_ms").value_or(0);
        reply.tool_choice = fields.text("tool_choice").value_or("");
        Error error = fields.finish();
        return error ? error : s.generate_reply(reply, id);
    });
}

gemlive_status gemlive_session_tool_response(gemlive_session *session, const char *call, const char *output_json)
{
    return command(session, [&](Session &s) -> Error {
        if (!call || !output_json) {
            return null_argument(call ? "output_json" : "call");
        }
        session::ToolResponse response;
        response.call = call;
        if (Error error = parse_json(output_json, "output_json", response.output)) {
            error.message += has_too_many_levels(output_json) ? "" : "; a plain text needs its quotes";
            return error;
        }
        return s.tool_response(response);
    });
}

gemlive_status gemlive_session_tool_response_json(gemlive_session *session, const char *json)
{
    return command(session, [&](Session &s) -> Error {
        JsonFields fields(json);
        session::ToolResponse response;
        response.call = fields.text("call").value_or("");
        const auto output = fields.any("output");
        response.error = fields.text("error");
        response.scheduling = fields.text("scheduling").value_or("");
        response.will_continue = fields.boolean("will_continue");
        if (Error error = fields.finish()) {
            return error;
        }
        if (output.has_value() == response.error.has_value()) {
            return {Status::invalid_argument, "give one of output and error"};
        }
        response.output = output.value_or(nullptr);
        return s.tool_response(response);
    });
}

gemlive_status gemlive_session_interrupt(gemlive_session *session)
{
    return command(session, [](Session &s) { return s.interrupt(); });
}

gemlive_status gemlive_session_start_user_activity(gemlive_session *session)
{
    return command(session, [](Session &s) { return s.start_user_activity(); });
}

gemlive_status gemlive_session_end_user_activity(gemlive_session *session)
{
    return command(session, [](Session &s) { return s.end_user_activity(); });
}

gemlive_status gemlive_session_audio_stream_end(gemlive_session *session)
{
    return command(session, [](Session &s) { return s.audio_stream_end(); });
}

gemlive_status gemlive_session_commit_audio(gemlive_session *session)
{
    return command(session, [](Session &s) { return s.commit_audio(); });
}

gemlive_status gemlive_session_clear_audio(gemlive_session *session)
{
    return command(session, [](Session &s) { return s.clear_audio(); });
}

gemlive_status gemlive_session_push_image(gemlive_session *session, const uint8_t *bytes, size_t size,
                                          const char *mime_type)
{
    return command(session, [&](Session &s) -> Error {
        if (!bytes || !mime_type) {
            return null_argument(bytes ? "mime_type" : "bytes");
        }
        return s.push_image({bytes, size}, mime_type);
    });
}

gemlive_status gemlive_session_send_raw(gemlive_session *session, const char *json)
{
    return command(session, [&](Session &s) { return json ? s.send_raw(json) : null_argument("json"); });
}

gemlive_status gemlive_session_update_instructions(gemlive_session *session, const char *instructions)
{
    return command(session, [&](Session &s) {
        return instructions ? s.update_instructions(instructions) : null_argument("instructions");
    });
}

gemlive_status gemlive_session_update_instructions_n(gemlive_session *session, const char *instructions, size_t length)
{
    return command(session, [&](Session &s) {
        return instructions ? s.update_instructions({instructions, length}) : null_argument("instructions");
    });
}

gemlive_status gemlive_session_update_tools(gemlive_session *session, const char *tools_json)
{
    return command(session,
                   [&](Session &s) { return tools_json ? s.update_tools(tools_json) : null_argument("tools_json"); });
}

gemlive_status gemlive_session_update_options(gemlive_session *session, const gemlive_options *changes)
{
    const Pinned<OptionsObject> given(changes);
    if (!given) {
        return guarded([] { return invalid_handle("changes"); });  // also where the session has ended
    }
    return command(session, [&](Session &s) { return s.update_options(given->options); });
}

gemlive_status gemlive_session_update_options_json(gemlive_session *session, const char *json)
{
    return command(session, [&](Session &s) -> Error {
        settings::Options changes;
        if (Error error = read_changes(json, changes)) {
            return error;
        }
        return s.update_options(changes);
    });
}

gemlive_status gemlive_session_update_chat_context(gemlive_session *session, const char *items_json)
{
    return command(session, [&](Session &s) {
        return items_json ? s.update_chat_context(items_json) : null_argument("items_json");
    });
}

gemlive_status gemlive_session_save(gemlive_session *session, char *buffer, size_t capacity, size_t *needed)
{
    return copy_json(session, &Session::saved_json, buffer, capacity, needed);
}

gemlive_status gemlive_session_truncate(gemlive_session *session, uint64_t turn, int64_t heard_ms)
{
    return command(session, [&](Session &s) { return s.truncate(turn, heard_ms); });
}

gemlive_status gemlive_session_get_chat_context(gemlive_session *session, char *buffer, size_t capacity, size_t *needed)
{
    return copy_json(session, &Session::chat_context_json, buffer, capacity, needed);
}

gemlive_status gemlive_session_get_open_calls(gemlive_session *session, char *buffer, size_t capacity, size_t *needed)
{
    return copy_json(session, &Session::open_calls_json, buffer, capacity, needed);
}

gemlive_status gemlive_session_get_tools(gemlive_session *session, char *buffer, size_t capacity, size_t *needed)
{
    return copy_json(session, &Session::tools_json, buffer, capacity, needed);
}

gemlive_status gemlive_session_get_capabilities(gemlive_session *session, char *buffer, size_t capacity,
                                                size_t *needed)
{
    return copy_json(session, &Session::capabilities_json, buffer, capacity, needed);
}
