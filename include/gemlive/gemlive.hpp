// gemlive for C++17: the C API with owners, ranges and exceptions. Header only, so the library's ABI stays plain C.
//
//     gemlive::Model model{gemlive::Options{}.instructions("You are a blacksmith.").tool(weather_schema)};
//     gemlive::Session session = model.session();
//     for (const gemlive::Event &event : session.events())
//         if (auto call = event.tool_call())
//             session.respond(*call, R"({"celsius": 21})");
//
// Every class owns one handle and can be moved; get() lends it to the C functions, for what is not here. Calls that fail
// throw gemlive::Error, except those that are meant for an audio thread: they return their status.
#pragma once

#if defined(_MSVC_LANG) ? _MSVC_LANG < 201703L : __cplusplus < 201703L
#    error "gemlive.hpp needs C++17 or newer"
#endif

#include <gemlive/gemlive.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace gemlive {

// Inline, so that users do not see it: it keeps these names apart from the library's own when it is linked statically.
inline namespace v0 {

class Error : public std::runtime_error {
public:
    Error(gemlive_status status, const std::string &message) : std::runtime_error(message), status_(status) {}

    gemlive_status status() const noexcept { return status_; }
    const char *status_name() const noexcept { return gemlive_status_name(status_); }

private:
    gemlive_status status_;
};

namespace detail {

inline void check(gemlive_status status)
{
    if (status != GEMLIVE_OK) {
        throw Error(status, std::string(gemlive_status_name(status)) + ": " + gemlive_last_error_message());
    }
}

// Owns a handle, gives it up once.
template <typename T, void (*Destroy)(T *)>
class Handle {
public:
    Handle() noexcept = default;
    explicit Handle(T *handle) noexcept : handle_(handle) {}
    Handle(Handle &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

    Handle &operator=(Handle &&other) noexcept
    {
        std::swap(handle_, other.handle_);
        return *this;
    }

    ~Handle()
    {
        if (handle_ != nullptr) {
            Destroy(handle_);
        }
    }

    T *get() const noexcept { return handle_; }

private:
    T *handle_ = nullptr;
};

inline int64_t milliseconds(std::optional<std::chrono::milliseconds> timeout) noexcept
{
    return timeout ? static_cast<int64_t>(timeout->count()) : -1;
}

}  // namespace detail

// A call to a function of the application.
struct ToolCall {
    std::string id;
    std::string name;
    std::string arguments;  // a JSON object
};

// The samples of an audio event; they live as long as the event.
struct AudioView {
    const int16_t *samples = nullptr;  // interleaved
    std::size_t frames = 0;
    int32_t sample_rate = 0;
    int32_t channels = 0;
};

// Something that happened in a session. Texts and samples live as long as the event.
class Event {
public:
    Event() noexcept = default;

    // Takes over what gemlive_session_poll_event or gemlive_event_retain gave.
    explicit Event(gemlive_event *owned) noexcept : handle_(owned) {}

    // Keeps an event that is borrowed in a callback.
    static Event retain(const gemlive_event *borrowed) noexcept { return Event(gemlive_event_retain(borrowed)); }

    explicit operator bool() const noexcept { return handle_.get() != nullptr; }
    const gemlive_event *get() const noexcept { return handle_.get(); }

    // One of enum gemlive_event_type_code, or a number that this header does not know yet.
    int32_t type() const noexcept { return gemlive_event_type(get()); }
    std::string_view type_name() const noexcept { return gemlive_event_type_name(type()); }
    gemlive_session *session() const noexcept { return gemlive_event_session(get()); }
    uint64_t seq() const noexcept { return gemlive_event_seq(get()); }
    std::chrono::milliseconds time() const noexcept { return std::chrono::milliseconds(gemlive_event_time_ms(get())); }
    uint64_t connection() const noexcept { return gemlive_event_connection(get()); }
    uint64_t turn() const noexcept { return gemlive_event_turn(get()); }
    uint64_t request() const noexcept { return gemlive_event_request(get()); }
    uint64_t utterance() const noexcept { return gemlive_event_utterance(get()); }

    std::string_view text() const noexcept { return view(gemlive_event_text); }
    std::string_view transcript() const noexcept { return view(gemlive_event_transcript); }
    bool is_final() const noexcept { return gemlive_event_is_final(get()) != 0; }
    std::string_view reason() const noexcept { return view(gemlive_event_reason); }
    std::string_view cause() const noexcept { return view(gemlive_event_cause); }
    gemlive_status code() const noexcept { return gemlive_event_code(get()); }
    std::string_view message() const noexcept { return view(gemlive_event_message); }
    bool is_fatal() const noexcept { return gemlive_event_is_fatal(get()) != 0; }
    bool is_retryable() const noexcept { return gemlive_event_is_retryable(get()) != 0; }
    // Any field by its name in JSON: a text as it is, anything else as JSON; empty for one that the event does not have.
    std::string_view field(const char *name) const noexcept
    {
        size_t length = 0;
        const char *const text = gemlive_event_field(get(), name, &length);
        return {text, length};
    }
    std::string_view json() const noexcept { return view(gemlive_event_json); }
    std::string_view server_message() const noexcept { return view(gemlive_event_server_message); }

    // Absent when playout is off, or when the event has none.
    std::optional<std::chrono::milliseconds> heard() const noexcept
    {
        const int64_t heard_ms = gemlive_event_heard_ms(get());
        return heard_ms < 0 ? std::nullopt : std::make_optional(std::chrono::milliseconds(heard_ms));
    }

    std::chrono::milliseconds generated() const noexcept
    {
        return std::chrono::milliseconds(gemlive_event_generated_ms(get()));
    }

    // Of an event of type GEMLIVE_EVENT_AUDIO; else empty.
    std::optional<AudioView> audio() const noexcept
    {
        if (type() != GEMLIVE_EVENT_AUDIO) {
            return std::nullopt;
        }
        AudioView audio;
        audio.samples = gemlive_event_audio_s16(get(), &audio.frames);
        audio.sample_rate = gemlive_event_sample_rate(get());
        audio.channels = gemlive_event_channels(get());
        return audio;
    }

    // Of an event of type GEMLIVE_EVENT_TOOL_CALL; else empty.
    std::optional<ToolCall> tool_call() const
    {
        if (type() != GEMLIVE_EVENT_TOOL_CALL) {
            return std::nullopt;
        }
        return ToolCall{std::string(view(gemlive_event_call)), std::string(view(gemlive_event_name)),
                        std::string(view(gemlive_event_arguments))};
    }

private:
    std::string_view view(const char *(GEMLIVE_CALL *accessor)(const gemlive_event *, size_t *)) const noexcept
    {
        size_t length = 0;
        const char *text = accessor(get(), &length);
        return {text, length};
    }

    detail::Handle<gemlive_event, gemlive_event_release> handle_;
};

// What a conversation is made with. Each setter returns the object, so that a line of them reads like a sentence.
class Options {
public:
    Options()
    {
        gemlive_options *options = nullptr;
        detail::check(gemlive_options_create(&options));
        handle_ = Handle(options);
    }

    gemlive_options *get() const noexcept { return handle_.get(); }

    Options &model(const std::string &name) & { return done(gemlive_options_set_model(get(), name.c_str())); }
    Options &api_key(const std::string &key) & { return done(gemlive_options_set_api_key(get(), key.c_str())); }
    Options &instructions(const std::string &text) &
    {
        return done(gemlive_options_set_instructions(get(), text.c_str()));
    }
    Options &voice(const std::string &name) & { return done(gemlive_options_set_voice(get(), name.c_str())); }

    // Adds one function declaration, a JSON object {"name": ..., "description": ..., "parameters": {...}}.
    Options &tool(const std::string &declaration) &
    {
        const std::string list = tools_.empty() ? declaration : tools_ + ", " + declaration;
        detail::check(gemlive_options_set_tools(get(), ("[" + list + "]").c_str()));
        tools_ = list;
        return *this;
    }

    // Any option by its name in docs/options.md.
    Options &set(const std::string &name, const std::string &value) &
    {
        return done(gemlive_options_set_string(get(), name.c_str(), value.c_str()));
    }
    Options &set(const std::string &name, const char *value) &
    {
        return done(gemlive_options_set_string(get(), name.c_str(), value));
    }
    Options &set(const std::string &name, bool value) &
    {
        return done(gemlive_options_set_int(get(), name.c_str(), value ? 1 : 0));
    }
    Options &set(const std::string &name, int value) & { return set(name, static_cast<int64_t>(value)); }
    Options &set(const std::string &name, int64_t value) &
    {
        return done(gemlive_options_set_int(get(), name.c_str(), value));
    }
    Options &set(const std::string &name, double value) &
    {
        return done(gemlive_options_set_double(get(), name.c_str(), value));
    }
    Options &set_json(const std::string &name, const std::string &json) &
    {
        return done(gemlive_options_set_json(get(), name.c_str(), json.c_str()));
    }
    Options &from_json(const std::string &json) & { return done(gemlive_options_from_json(get(), json.c_str())); }

    // The same on a temporary: Options{}.voice("Kore").
    Options &&model(const std::string &name) && { return std::move(model(name)); }
    Options &&api_key(const std::string &key) && { return std::move(api_key(key)); }
    Options &&instructions(const std::string &text) && { return std::move(instructions(text)); }
    Options &&voice(const std::string &name) && { return std::move(voice(name)); }
    Options &&tool(const std::string &declaration) && { return std::move(tool(declaration)); }
    template <typename Value>
    Options &&set(const std::string &name, Value &&value) &&
    {
        return std::move(set(name, std::forward<Value>(value)));
    }
    Options &&set_json(const std::string &name, const std::string &json) && { return std::move(set_json(name, json)); }
    Options &&from_json(const std::string &json) && { return std::move(from_json(json)); }

private:
    using Handle = detail::Handle<gemlive_options, gemlive_options_destroy>;

    Options &done(gemlive_status status)
    {
        detail::check(status);
        return *this;
    }

    Handle handle_;
    std::string tools_;
};

namespace detail {

inline gemlive_status poll_event(gemlive_session *from, int64_t timeout_ms, gemlive_event **event) noexcept
{
    return gemlive_session_poll_event(from, timeout_ms, event);
}
inline gemlive_status poll_event(gemlive_model *from, int64_t timeout_ms, gemlive_event **event) noexcept
{
    return gemlive_model_poll_event(from, timeout_ms, event);
}
inline gemlive_status dispatch(gemlive_session *from, gemlive_event_callback callback, void *user_data) noexcept
{
    return gemlive_session_dispatch(from, callback, user_data, 1);
}
inline gemlive_status dispatch(gemlive_model *from, gemlive_event_callback callback, void *user_data) noexcept
{
    return gemlive_model_dispatch(from, callback, user_data, 1);
}
inline gemlive_status wake(gemlive_session *waiting) noexcept
{
    return gemlive_session_wake(waiting);
}
inline gemlive_status wake(gemlive_model *waiting) noexcept
{
    return gemlive_model_wake(waiting);
}

// What a session and a model have in common: events that one thread at a time takes.
template <typename Owner>
class EventTaker {
public:
    // The events until there are no more, waiting for each. An event lives until the next step of the loop.
    class Events {
    public:
        struct End {};

        class Iterator {
        public:
            using iterator_category = std::input_iterator_tag;
            using value_type = Event;
            using difference_type = std::ptrdiff_t;
            using pointer = const Event *;
            using reference = const Event &;

            explicit Iterator(EventTaker &taker) : taker_(&taker) { ++*this; }

            reference operator*() const noexcept { return event_; }
            pointer operator->() const noexcept { return &event_; }
            Iterator &operator++()
            {
                event_ = taker_->next();
                return *this;
            }
            void operator++(int) { ++*this; }
            friend bool operator==(const Iterator &iterator, End) noexcept { return !iterator.event_; }
            friend bool operator!=(const Iterator &iterator, End end) noexcept { return !(iterator == end); }

        private:
            EventTaker *taker_;
            Event event_;
        };

        explicit Events(EventTaker &taker) noexcept : taker_(&taker) {}

        Iterator begin() const { return Iterator(*taker_); }
        End end() const noexcept { return {}; }

    private:
        EventTaker *taker_;
    };

    Events events() noexcept { return Events(*this); }

    // The next event, waiting for it; an empty one when there are no more, or after wake().
    Event next() { return take(std::nullopt); }

    // The next event; an empty one when none came in time, too.
    Event poll(std::chrono::milliseconds timeout) { return take(timeout); }

    // Ends a next() or poll() that waits in another thread.
    void wake() { check(detail::wake(from())); }

    // Calls handler(const gemlive_event *) for the events that wait, on this thread. False when there will be no more.
    // An exception of the handler comes out of here after the native frames are gone; later events wait.
    template <typename Handler>
    bool dispatch(Handler &&handler)
    {
        Dispatch<Handler> call{handler, nullptr};
        gemlive_status status = GEMLIVE_OK;
        do {
            call.called = false;
            status = detail::dispatch(from(), Dispatch<Handler>::on_event, &call);
        } while (status == GEMLIVE_OK && call.called && !call.error);
        if (call.error) {
            std::rethrow_exception(call.error);
        }
        if (status == GEMLIVE_ERROR_CLOSED) {
            return false;
        }
        check(status);
        return true;
    }

private:
    template <typename Handler>
    struct Dispatch {
        Handler &handler;
        std::exception_ptr error;
        bool called = false;

        static void GEMLIVE_CALL on_event(const gemlive_event *event, void *user_data) noexcept
        {
            auto *self = static_cast<Dispatch *>(user_data);
            self->called = true;
            try {
                self->handler(event);
            } catch (...) {
                self->error = std::current_exception();
            }
        }
    };

    auto from() noexcept { return static_cast<Owner *>(this)->get(); }

    Event take(std::optional<std::chrono::milliseconds> timeout)
    {
        gemlive_event *event = nullptr;
        const gemlive_status status = poll_event(from(), milliseconds(timeout), &event);
        if (status != GEMLIVE_ERROR_TIMEOUT && status != GEMLIVE_ERROR_CLOSED && status != GEMLIVE_ERROR_CANCELLED) {
            check(status);
        }
        return Event(event);
    }
};

}  // namespace detail

// One conversation. Ends at once when it is destroyed; close() ends it in order.
class Session : public detail::EventTaker<Session> {
public:
    explicit Session(gemlive_session *owned) noexcept : handle_(owned) {}

    gemlive_session *get() const noexcept { return handle_.get(); }

    // One of enum gemlive_session_state_code.
    int32_t state() const noexcept { return gemlive_session_state(get()); }

    // ---- Commands ----

    uint64_t send_text(const std::string &text)
    {
        uint64_t request = 0;
        detail::check(gemlive_session_send_text(get(), text.c_str(), &request));
        return request;
    }

    uint64_t generate_reply(const std::string &instructions = {})
    {
        uint64_t request = 0;
        const char *text = instructions.empty() ? nullptr : instructions.c_str();
        detail::check(gemlive_session_generate_reply(get(), text, &request));
        return request;
    }

    // Answers a tool call: an object is sent as it is, any other JSON value as {"output": value}.
    void respond(const ToolCall &call, const std::string &output_json)
    {
        detail::check(gemlive_session_tool_response(get(), call.id.c_str(), output_json.c_str()));
    }

    void interrupt() { detail::check(gemlive_session_interrupt(get())); }
    void start_user_activity() { detail::check(gemlive_session_start_user_activity(get())); }
    void end_user_activity() { detail::check(gemlive_session_end_user_activity(get())); }
    void audio_stream_end() { detail::check(gemlive_session_audio_stream_end(get())); }
    void commit_audio() { detail::check(gemlive_session_commit_audio(get())); }
    void clear_audio() { detail::check(gemlive_session_clear_audio(get())); }
    void mute(bool on) { detail::check(gemlive_session_mute(get(), on ? 1 : 0)); }
    void push_image(const uint8_t *bytes, std::size_t size, const std::string &mime_type)
    {
        detail::check(gemlive_session_push_image(get(), bytes, size, mime_type.c_str()));
    }
    void push_video(const gemlive_video_frame &frame) { detail::check(gemlive_session_push_video(get(), &frame)); }
    void send_raw(const std::string &json) { detail::check(gemlive_session_send_raw(get(), json.c_str())); }

    // Changes of the running conversation: from the next reply on.
    void update_instructions(const std::string &instructions)
    {
        detail::check(gemlive_session_update_instructions_n(get(), instructions.data(), instructions.size()));
    }
    void update_tools(const std::string &tools_json)
    {
        detail::check(gemlive_session_update_tools(get(), tools_json.c_str()));
    }
    void update_options(const Options &changes)
    {
        detail::check(gemlive_session_update_options(get(), changes.get()));
    }

    // What is known of the conversation, as JSON.
    std::string chat_context() const { return read_json(gemlive_session_get_chat_context); }
    std::string open_calls() const { return read_json(gemlive_session_get_open_calls); }
    std::string tools() const { return read_json(gemlive_session_get_tools); }
    std::string capabilities() const { return read_json(gemlive_session_get_capabilities); }

    // What was given is still written, then comes the `closed` event.
    void close() { detail::check(gemlive_session_close(get())); }

    // First waits for open requests, the running turn and the playout.
    void close_and_drain() { detail::check(gemlive_session_close_json(get(), "{\"drain\": true}")); }

    // ---- Audio: counts are frames ----

    void set_input_format(int32_t sample_rate, int32_t channels)
    {
        detail::check(gemlive_session_set_input_format(get(), sample_rate, channels));
    }
    void set_output_format(int32_t sample_rate, int32_t channels)
    {
        detail::check(gemlive_session_set_output_format(get(), sample_rate, channels));
    }

    // For an audio thread: takes what there is room for, never waits, never throws.
    gemlive_status push_audio(const int16_t *samples, std::size_t frames, std::size_t *accepted = nullptr) noexcept
    {
        return gemlive_session_push_audio_s16(get(), samples, frames, accepted);
    }
    gemlive_status push_audio(const float *samples, std::size_t frames, std::size_t *accepted = nullptr) noexcept
    {
        return gemlive_session_push_audio_f32(get(), samples, frames, accepted);
    }
    // Samples of any format, interleaved.
    gemlive_status push_audio(gemlive_sample_format format, const void *samples, std::size_t frames,
                              std::size_t *accepted = nullptr) noexcept
    {
        return gemlive_session_push_audio(get(), format, &samples, 1, frames, accepted);
    }
    // The same, with each channel in a plane of its own.
    gemlive_status push_audio_planes(gemlive_sample_format format, const void *const *planes, std::size_t plane_count,
                                     std::size_t frames, std::size_t *accepted = nullptr) noexcept
    {
        return gemlive_session_push_audio(get(), format, planes, plane_count, frames, accepted);
    }

    // For an audio thread: always fills the buffer, with silence when nothing is due.
    gemlive_status read_audio(int16_t *samples, std::size_t frames, std::size_t *heard = nullptr) noexcept
    {
        return gemlive_session_read_audio_s16(get(), samples, frames, heard);
    }
    gemlive_status read_audio(float *samples, std::size_t frames, std::size_t *heard = nullptr) noexcept
    {
        return gemlive_session_read_audio_f32(get(), samples, frames, heard);
    }

    // For files and streams: waits for room; without a time-out, as long as it takes. Throws when not all was placed.
    void write_audio(const int16_t *samples, std::size_t frames,
                     std::optional<std::chrono::milliseconds> timeout = std::nullopt)
    {
        detail::check(gemlive_session_write_audio_s16(get(), samples, frames, detail::milliseconds(timeout), nullptr));
    }
    void write_audio(const float *samples, std::size_t frames,
                     std::optional<std::chrono::milliseconds> timeout = std::nullopt)
    {
        detail::check(gemlive_session_write_audio_f32(get(), samples, frames, detail::milliseconds(timeout), nullptr));
    }

    std::chrono::microseconds queued_audio() const noexcept
    {
        return std::chrono::microseconds(gemlive_session_queued_audio_us(get()));
    }

    // Of the microphone's last 50 ms, from 0 to 1; for any thread.
    float input_peak() const noexcept { return gemlive_session_input_peak(get()); }
    float input_rms() const noexcept { return gemlive_session_input_rms(get()); }

private:
    // What it reads may grow between the two calls.
    std::string read_json(gemlive_status(GEMLIVE_CALL *read)(gemlive_session *, char *, std::size_t, std::size_t *)) const
    {
        std::string text;
        std::size_t needed = 0;
        detail::check(read(get(), nullptr, 0, &needed));
        gemlive_status status;
        do {
            text.resize(needed);
            status = read(get(), &text[0], text.size(), &needed);
        } while (status == GEMLIVE_ERROR_TOO_SMALL);
        detail::check(status);
        text.resize(needed - 1);
        return text;
    }

    detail::Handle<gemlive_session, gemlive_session_destroy> handle_;
};

// Options, credentials and trust: makes sessions. They outlive it. Its events are those of the sessions whose option
// share_events is set; Event::session() names the session.
class Model : public detail::EventTaker<Model> {
public:
    Model() : Model(nullptr) {}
    explicit Model(const Options &options) : Model(options.get()) {}

    gemlive_model *get() const noexcept { return handle_.get(); }

    // Starts a conversation. It connects in the background.
    Session session() { return start(nullptr); }

    // The options say what differs from the model's.
    Session session(const Options &options) { return start(options.get()); }

    // Changes options for new sessions, and for those that live.
    void update_options(const Options &changes)
    {
        detail::check(gemlive_model_update_options(get(), changes.get()));
    }

    // Closes all its sessions in order.
    void close() { detail::check(gemlive_model_close(get())); }

private:
    explicit Model(const gemlive_options *options)
    {
        gemlive_model *model = nullptr;
        detail::check(gemlive_model_create(options, &model));
        handle_ = detail::Handle<gemlive_model, gemlive_model_destroy>(model);
    }

    Session start(const gemlive_options *options)
    {
        gemlive_session *session = nullptr;
        detail::check(gemlive_session_create(get(), options, &session));
        return Session(session);
    }

    detail::Handle<gemlive_model, gemlive_model_destroy> handle_;
};

}  // namespace v0
}  // namespace gemlive
