#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "media/audio_format.hpp"
#include "media/input_level.hpp"
#include "media/sample_view.hpp"
#include "delivery/callback_thread.hpp"
#include "dialogue/chat_context.hpp"
#include "delivery/event_queue.hpp"
#include "session/configuration.hpp"
#include "session/model.hpp"
#include "session/surroundings.hpp"
#include "session/video_slot.hpp"

namespace gemlive::session {

class Controller;
struct Command;
struct JournalEntry;
struct Shared;

struct SendText {
    std::string text;
    bool turn_complete = true;
};

struct GenerateReply {
    std::string instructions;
    std::string text;
    int64_t timeout_ms = 0;  // 0: reply_timeout_ms
    std::string tool_choice;  // of this one: auto, none; empty: auto
};

struct ToolResponse {
    std::string call;
    std::string item;  // the id of the output in the chat context; empty: one is made
    nlohmann::json output;
    std::optional<std::string> error;  // instead of output
    std::string scheduling;
    std::optional<bool> will_continue;
};

// The application's side of one conversation. Every function may be called from any thread; those marked real-time safe
// neither lock nor allocate.
class Session : public std::enable_shared_from_this<Session> {
public:
    // Does nothing yet: start() connects. With `deliver` its events go to the model's callback thread.
    static Error create(const std::shared_ptr<Model> &model, const settings::Options *changes, delivery::Deliver deliver,
                        std::shared_ptr<Session> &out, const Surroundings &surroundings = Surroundings());
    ~Session();

    // `handle` is what the session's events name. When it fails or throws, the session is to be destroyed.
    Error start(uint64_t handle);
    // After it returns nothing happens any more; waiting calls on other threads end with `cancelled`.
    void destroy();

    int32_t state() const noexcept;  // real-time safe
    const std::shared_ptr<engine::IoThread> &thread() const noexcept;
    bool has_callback() const noexcept { return callback_thread_ != nullptr; }
    // Null when its events are drained elsewhere: by the callback thread, or in the model's queue.
    delivery::EventQueue *own_queue() const noexcept { return own_queue_.get(); }
    // Why a session is over that ended unasked; else no error.
    Error ended_error() const;

    Error close(bool drain, std::optional<int64_t> timeout_ms);
    Error send_text(const SendText &text, uint64_t &request);
    Error generate_reply(const GenerateReply &reply, uint64_t &request);
    Error tool_response(const ToolResponse &response);
    Error interrupt();
    Error start_user_activity();
    Error end_user_activity();
    Error audio_stream_end();
    Error commit_audio();
    Error clear_audio();
    Error push_image(std::span<const uint8_t> bytes, std::string_view mime_type);
    // Copied here, encoded elsewhere. The newest takes the place of one whose time has not come.
    Error push_video(media::FrameView frame);
    Error send_raw(std::string_view json);
    // All of them or none. Each takes effect when the option table says, behind the commands given before.
    Error update_options(const settings::Options &changes);
    // The same, for a change of the model's options: what cannot be is told by events, not to the caller.
    void update_with_model(const settings::Options &changes);
    Error update_instructions(std::string_view instructions);
    Error update_tools(std::string_view json);
    // A turn that was cut is what of it was heard; by the word of the application, which plays the audio itself.
    Error truncate(uint64_t turn, int64_t heard_ms);
    Error update_chat_context(std::string_view json);
    std::string chat_context_json() const;
    // The options of a session that goes on in this one's place. Also when it has ended.
    std::string saved_json() const;
    std::string open_calls_json() const;
    std::string tools_json() const;
    std::string capabilities_json() const;

    Error set_input_format(const media::AudioFormat &format);
    Error set_output_format(const media::AudioFormat &format);
    // Real-time safe.
    Status mute(bool on) noexcept;
    Status push_audio(const media::SampleView &samples, size_t &accepted) noexcept;
    Status read_audio(const media::SampleBuffer &out, size_t &heard) noexcept;
    int64_t queued_audio_us() const noexcept;
    media::Level input_level() const noexcept;
    // Blocking, with a time-out.
    Error write_audio(const media::SampleView &samples, int64_t timeout_ms, size_t &accepted);

private:
    Session(std::shared_ptr<Model> model, Configuration configuration, const Surroundings &surroundings);

    void join_queue(delivery::Deliver deliver);
    Error send(Command command);
    Error send_message(JournalEntry entry);
    Error open_request(Command command, std::string message, std::string_view words, uint64_t &request);
    Error send_said(Command command, std::string_view words);
    Error send_image(std::span<const uint8_t> bytes, std::string_view mime_type);
    void send_frame();
    Error send_update(const dialogue::ChatContext::Update &update);
    Status wait_for_room(uint32_t seen, std::optional<Clock::time_point> deadline);

    const std::shared_ptr<Model> model_;
    const std::shared_ptr<Shared> shared_;
    const std::shared_ptr<Controller> controller_;
    std::shared_ptr<delivery::CallbackThread> callback_thread_;
    std::shared_ptr<delivery::EventQueue> own_queue_;
    std::atomic<uint64_t> last_request_{0};
    std::mutex context_update_mutex_;  // one after the other
    std::mutex answers_mutex_;  // from an answer's being ready to its place in the queue
    VideoSlot video_;
    std::atomic<int> output_channels_{1};
    std::atomic<bool> draining_{false};  // a close with drain waits
    std::atomic<bool> pushing_{false};
    std::atomic<bool> reading_{false};
    std::atomic<bool> destroyed_{false};
};

}  // namespace gemlive::session
