#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/chat_item.hpp"
#include "settings/endpoint.hpp"
#include "settings/image_encode_options.hpp"
#include "settings/options.hpp"
#include "settings/service.hpp"
#include "settings/setup.hpp"

namespace gemlive::settings {

enum class AudioEvents : uint8_t { automatic, on, off };
enum class OutageAudio : uint8_t { keep, discard };

// What changes in a running session as soon as it is set: the rows of the option table that take effect at once.
// Members have their option's name, and its unit.
struct InPlace {
    explicit InPlace(const Options &options);
    bool operator==(const InPlace &) const = default;

    std::string tool_response_scheduling;
    std::optional<int64_t> max_retries;  // absent: as many as the budget has time for
    int64_t retry_interval_ms;
    int64_t outage_budget_ms;
    int64_t reply_timeout_ms;
    int64_t liveness_timeout_ms;
    int64_t pong_timeout_ms;
    int64_t ping_interval_ms;
    int64_t budget_tokens;
    int64_t budget_ms;
    int64_t budget_warning_percent;
    int64_t tool_call_timeout_ms;
    int64_t update_wait_ms;
    int64_t stall_timeout_ms;
    int64_t transcript_grace_ms;
    int64_t interrupt_grace_ms;
    int64_t handover_min_ms;
    int64_t drain_timeout_ms;
    int64_t journal_ms;
    int64_t replay_ms;
    int64_t partial_packet_ms;
    int64_t stream_pause_ms;
    int64_t preroll_ms;
    bool activity_gate;
    bool automatic_activity;
    OutageAudio outage_audio;
    bool reseed;
    bool voice_detection;  // where the library has a detector
    int64_t video_interval_ms;
    int64_t video_idle_interval_ms;
    ImageEncodeOptions image_encode_options;
};

// What a session's options come down to: typed, checked and never changed, so that any thread may read it. Options are
// names and JSON; whoever works with them each 5 ms reads a member here.
struct Settings : InPlace {
    // Refuses what cannot work: Vertex without a project, a setup that the model would refuse.
    static Error make(const Options &options, std::shared_ptr<const Settings> &out, size_t default_model = 0);

    // These settings, but for what of `newer` a running session takes at once.
    std::shared_ptr<const Settings> with_in_place_of(const Settings &newer) const;
    // These settings with the setup of `newer`.
    std::shared_ptr<const Settings> with_setup_of(const Settings &newer) const;
    nlohmann::json capabilities_json() const;

    Service service;
    Endpoint endpoint;
    Setup setup;

    bool voice_detection_is_asked_for;  // the application said so itself, or asked for what needs it

    // With the next connection
    int64_t connect_timeout_ms;
    size_t max_message_bytes;

    // New sessions only
    size_t io_threads;
    size_t command_queue;
    size_t command_queue_bytes;
    std::vector<protocol::ChatItem> chat_context;
    size_t chat_context_bytes;
    size_t event_queue;
    size_t event_queue_bytes;
    bool share_events;
    AudioEvents audio_events;
    int input_ring_ms;
    int playout_prebuffer_ms;
    int playout_ms;
    bool high_quality;  // of resampling

private:
    explicit Settings(const Options &options);
    Error take_chat_context(const Options &options);
};

}  // namespace gemlive::settings
