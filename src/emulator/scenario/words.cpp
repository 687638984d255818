#include "words.hpp"

namespace gemlive::emulator {

const Words &trigger_words()
{
    const Word plain = {{}, {}, true};
    const Word matching = {{{"contains", Kind::text}}, "contains", true};
    const Word nth = {{{"n", Kind::count, true}}, "n", false};
    static const Words words = {
        {"upgrade", plain},
        {"connected", plain},
        {"setup", {{{"has", Kind::object}}, "has", true}},
        {"text", matching},
        {"content", matching},
        {"context_update", {{{"has", Kind::object}}, "has", true}},
        {"speech_started", plain},
        {"speech_ended", plain},
        {"activity_start", plain},
        {"activity_end", plain},
        {"audio_stream_end", plain},
        {"audio_samples", nth},
        {"message", nth},
        {"video", {{{"n", Kind::count}}, "n", true}},
        {"tool_response", matching},
        {"turn_started", plain},
        {"generation_complete", plain},
        {"turn_complete", plain},
        {"interrupted", plain},
        {"sent_audio_ms", nth},
    };
    return words;
}

const Words &action_words()
{
    const Word plain = {{}, {}, true};
    static const Words words = {
        {"say",
         {{{"text", Kind::text, true},
           {"transcript", Kind::text},
           {"voice", Kind::text},
           {"chunk_bytes", Kind::count},
           {"pace", Kind::number}},
          "text",
          false}},
        {"text", {{{"text", Kind::text, true}}, "text", false}},
        {"thought", {{{"text", Kind::text, true}}, "text", false}},
        {"silence", {{{"ms", Kind::count, true}}, "ms", false}},
        {"call", {{{"calls", Kind::calls, true}}, "calls", false}},
        {"cancel_calls", {{{"ids", Kind::texts}}, "ids", true}},
        {"transcribe",
         {{{"text", Kind::text, true},
           {"pieces", Kind::text, false, {"word", "whole"}},
           {"when", Kind::text, false, {"now", "after_turn"}},
           {"interim", Kind::boolean},
           {"finished", Kind::boolean},
           {"language", Kind::text}},
          "text",
          false}},
        {"output_transcript",
         {{{"text", Kind::text}, {"finished", Kind::boolean}, {"language", Kind::text}}, "text", false}},
        {"interrupt", plain},
        {"generation_complete", plain},
        {"turn_complete", {{{"reason", Kind::text}, {"interaction_status", Kind::text}}, {}, true}},
        {"leave_open", plain},
        {"usage", {{{"metadata", Kind::object}}, "metadata", true}},
        {"resumption",
         {{{"handle", Kind::text}, {"resumable", Kind::boolean}, {"last_consumed", Kind::count}}, "handle", true}},
        {"go_away", {{{"time_left_ms", Kind::count}, {"close", Kind::boolean}}, "time_left_ms", true}},
        {"close", {{{"code", Kind::count, true}, {"reason", Kind::text}}, "code", false}},
        {"reset", plain},
        {"stall", {{{"reset_after_ms", Kind::count}}, "reset_after_ms", true}},
        {"stop_reading", plain},
        {"raw",
         {{{"message", Kind::json}, {"text", Kind::text}, {"frame", Kind::text, false, {"text", "binary"}}},
          "message",
          false}},
        {"split", {{{"frame_bytes", Kind::count, true}}, "frame_bytes", false}},
        {"refuse",
         {{{"http_status", Kind::count, true}, {"body", Kind::json}, {"headers", Kind::object}},
          "http_status",
          false}},
        {"ignore_setup", plain},
        {"setup_complete", plain},
        {"delay_samples", {{{"samples", Kind::count, true}}, "samples", false}},
        {"delay_messages", {{{"messages", Kind::count, true}}, "messages", false}},
        {"delay_ms", {{{"ms", Kind::count, true}}, "ms", false}},
        {"default", plain},
    };
    return words;
}

const std::vector<Member> &setting_members()
{
    static const std::vector<Member> members = {
        {"profile", Kind::text},
        {"voice", Kind::text},
        {"speed", Kind::number},
        {"default", Kind::text, false, {"small_talk", "silent"}},
        {"frames", Kind::text, false, {"text", "binary"}},
        {"setup_ms", Kind::count},
        {"first_audio_ms", Kind::count},
        {"audio_pace", Kind::number},
        {"connection_ms", Kind::count},
        {"go_away_ms", Kind::count},
        {"handle_ms", Kind::count},
        {"ack_every", Kind::count},
        {"transcripts", Kind::texts},
        {"api_versions", Kind::texts},
        {"retired_models", Kind::texts},
        {"tokens", Kind::object},
    };
    return members;
}

std::string names_of(const Words &words)
{
    std::string names;
    for (const auto &[name, word] : words) {
        names += names.empty() ? "" : ", ";
        names += name;
    }
    return names;
}

}  // namespace gemlive::emulator
