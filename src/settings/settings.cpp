#include "settings/settings.hpp"

#include "protocol/chat_items.hpp"

namespace gemlive::settings {
namespace {

size_t size_of(const Options &options, const char *name)
{
    return static_cast<size_t>(options.integer(name));
}

int int_of(const Options &options, const char *name)
{
    return static_cast<int>(options.integer(name));
}

std::optional<int64_t> integer_if_any(const Options &options, const char *name)
{
    return options.get(name).is_null() ? std::nullopt : std::optional(options.integer(name));
}

AudioEvents audio_events_of(const std::string &word)
{
    return word == "on" ? AudioEvents::on : word == "off" ? AudioEvents::off : AudioEvents::automatic;
}

}  // namespace

InPlace::InPlace(const Options &options)
    : tool_response_scheduling(options.text("tool_response_scheduling")),
      max_retries(integer_if_any(options, "max_retries")),
      retry_interval_ms(options.integer("retry_interval_ms")),
      outage_budget_ms(options.integer("outage_budget_ms")),
      reply_timeout_ms(options.integer("reply_timeout_ms")),
      liveness_timeout_ms(options.integer("liveness_timeout_ms")),
      pong_timeout_ms(options.integer("pong_timeout_ms")),
      ping_interval_ms(options.integer("ping_interval_ms")),
      budget_tokens(options.integer("budget_tokens")),
      budget_ms(options.integer("budget_ms")),
      budget_warning_percent(options.integer("budget_warning_percent")),
      tool_call_timeout_ms(options.integer("tool_call_timeout_ms")),
      update_wait_ms(options.integer("update_wait_ms")),
      stall_timeout_ms(options.integer("stall_timeout_ms")),
      transcript_grace_ms(options.integer("transcript_grace_ms")),
      interrupt_grace_ms(options.integer("interrupt_grace_ms")),
      handover_min_ms(options.integer("handover_min_ms")),
      drain_timeout_ms(options.integer("drain_timeout_ms")),
      journal_ms(options.integer("journal_ms")),
      replay_ms(options.integer("replay_ms")),
      partial_packet_ms(options.integer("partial_packet_ms")),
      stream_pause_ms(options.integer("stream_pause_ms")),
      preroll_ms(options.integer("preroll_ms")),
      activity_gate(options.text("activity_gate") == "on"),
      automatic_activity(options.text("automatic_activity") == "on"),
      outage_audio(options.text("outage_audio") == "discard" ? OutageAudio::discard : OutageAudio::keep),
      reseed(options.text("reseed") == "on"),
      voice_detection(options.text("voice_detection") == "on"),
      video_interval_ms(options.integer("video_interval_ms")),
      video_idle_interval_ms(options.integer("video_idle_interval_ms"))
{
}

Settings::Settings(const Options &options)
    : InPlace(options),
      voice_detection_is_asked_for(voice_detection && (automatic_activity || options.is_set("voice_detection"))),
      connect_timeout_ms(options.integer("connect_timeout_ms")),
      max_message_bytes(size_of(options, "max_message_bytes")),
      io_threads(size_of(options, "io_threads")),
      command_queue(size_of(options, "command_queue")),
      command_queue_bytes(size_of(options, "command_queue_bytes")),
      chat_context_bytes(size_of(options, "chat_context_bytes")),
      event_queue(size_of(options, "event_queue")),
      event_queue_bytes(size_of(options, "event_queue_bytes")),
      share_events(options.boolean("share_events")),
      audio_events(audio_events_of(options.text("audio_events"))),
      input_ring_ms(int_of(options, "input_ring_ms")),
      playout_prebuffer_ms(int_of(options, "playout_prebuffer_ms")),
      playout_ms(int_of(options, "playout_ms")),
      high_quality(options.text("resampler_quality") == "high")
{
}

Error Settings::make(const Options &options, std::shared_ptr<const Settings> &out, size_t default_model)
{
    if (Error error = options.first_error()) {
        return error;
    }
    const std::shared_ptr<Settings> settings(new Settings(options));
    if (Error error = ImageEncodeOptions::read(options.get("image_encode_options"), settings->image_encode_options)) {
        return error;
    }
    if (settings->automatic_activity && !settings->voice_detection) {
        return {Status::invalid_argument, "automatic_activity is on and voice_detection off: nobody would hear the user begin"};
    }
    if (Error error = Service::choose(options, default_model, settings->service)) {
        return error;
    }
    if (Error error = Endpoint::choose(options, settings->service, settings->endpoint)) {
        return error;
    }
    if (Error error = Setup::make(options, settings->service, settings->setup)) {
        return error;
    }
    if (Error error = settings->take_chat_context(options)) {
        return error;
    }
    out = settings;
    return {};
}

Error Settings::take_chat_context(const Options &options)
{
    const nlohmann::json &given = options.get("chat_context");
    if (given.is_null()) {
        return {};
    }
    if (Error error = protocol::read_chat_items(given, chat_context)) {
        return {error.status, "option chat_context: " + error.message};
    }
    const std::string_view refusal = service.capabilities.refusal("client_content");
    return chat_context.empty() || refusal.empty() ? Error() : Error(Status::unsupported, std::string(refusal));
}

std::shared_ptr<const Settings> Settings::with_in_place_of(const Settings &newer) const
{
    const auto result = std::make_shared<Settings>(*this);
    static_cast<InPlace &>(*result) = newer;
    return result;
}

std::shared_ptr<const Settings> Settings::with_setup_of(const Settings &newer) const
{
    const auto result = std::make_shared<Settings>(*this);
    result->setup = newer.setup;
    return result;
}

nlohmann::json Settings::capabilities_json() const
{
    nlohmann::json result = service.capabilities.to_json();
    result["model"] = service.model;
    result["provider"] = service.flavour == protocol::Flavour::vertex ? "Vertex AI" : "Gemini";
    result["message_truncation"] = true;
    result["turn_detection"] = !setup.manual_activity;
    result["user_transcription"] = setup.transcribes_user;
    result["auto_tool_reply_generation"] = true;
    result["audio_output"] = setup.speaks;
    result["manual_function_calls"] = false;
    return result;
}

}  // namespace gemlive::settings
