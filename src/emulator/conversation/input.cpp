// What the client says, from its messages to the moment when an answer is due.

#include <algorithm>
#include <utility>

#include "conversation.hpp"

namespace gemlive::emulator {
namespace {

std::string text_of(const Json &turns)
{
    std::string text;
    for (const Json &turn : turns) {
        if (turn.value("role", "user") != "user")
            continue;
        for (const Json &part : turn.value("parts", Json::array())) {
            if (part.contains("text"))
                text += (text.empty() ? "" : " ") + part["text"].get<std::string>();
        }
    }
    return text;
}

int64_t to_ms(int64_t samples)
{
    return samples * 1000 / input_rate;
}

}  // namespace

void Conversation::take_message(const Json &message)
{
    if (message.contains("clientContent"))
        take_content(message["clientContent"]);
    else if (message.contains("realtimeInput"))
        take_realtime(message["realtimeInput"]);
    else if (message.contains("toolResponse"))
        take_tool_response(message["toolResponse"]);
    else if (message.contains("contextUpdate"))
        take_context_update(message["contextUpdate"]);
}

void Conversation::take_content(const Json &content)
{
    const Json turns = content.value("turns", Json::array());
    for (const Json &turn : turns) {
        for (const Json &part : turn.value("parts", Json::array())) {
            stage_.memory.usage.read_text(part.value("text", ""));
            stage_.memory.remember(turn.value("role", "user") + ": " + part.value("text", ""));
        }
    }
    const bool complete = content.value("turnComplete", false);
    if (history_open_) {
        history_open_ = !complete;
        return;
    }
    interrupt();
    Heard heard;
    heard.text = text_of(turns);
    Happening happening;
    happening.kind = "content";
    happening.text = heard.text;
    happening.message = content;
    if (const Rule *rule = rules_.take(happening)) {
        log("rule " + (rule->name.empty() ? happening.kind : rule->name));
        enqueue(with_default(rule->actions, heard), true);
        return;
    }
    if (!complete)
        return;
    happening.kind = "text";
    answer(happening, heard, true);
}

void Conversation::take_realtime(const Json &input)
{
    history_open_ = false;
    for (const Json &chunk : input.value("mediaChunks", Json::array())) {
        if (pcm_rate(chunk.value("mimeType", "")) != 0)
            hear(microphone_.hear(chunk));
        break;  // the service ignores all but the first
    }
    if (input.contains("audio"))
        hear(microphone_.hear(input["audio"]));
    if (input.contains("video")) {
        stage_.memory.usage.see_image();
        Happening happening;
        happening.kind = "video";
        happening.number = ++images_;
        happened(happening);
    }
    if (input.contains("activityStart") && !manual_) {
        manual_ = true;
        manual_from_ = heard_;
        Happening happening;
        happening.kind = "activity_start";
        happened(happening);
        start_speech(heard_);
    }
    if (input.contains("text")) {
        const std::string text = input["text"].get<std::string>();
        stage_.memory.usage.read_text(text);
        stage_.memory.remember("user: " + text);
        if (manual_) {
            pending_text_ += (pending_text_.empty() ? "" : " ") + text;
        } else {
            if (stage_.setup.interrupts)
                interrupt();
            Happening happening;
            happening.kind = "text";
            happening.text = text;
            Heard heard;
            heard.text = text;
            answer(happening, heard, true);
        }
    }
    if (input.contains("activityEnd") && manual_) {
        manual_ = false;
        Happening happening;
        happening.kind = "activity_end";
        happened(happening);
        end_speech(manual_from_, heard_);
    }
    if (input.value("audioStreamEnd", false)) {
        std::vector<HeardSpeech> edges;
        if (hearing_)
            hearing_->end_stream(edges);
        for (const HeardSpeech &edge : edges)
            speech_edge(edge);
        Happening happening;
        happening.kind = "audio_stream_end";
        happened(happening);
    }
}

void Conversation::take_tool_response(const Json &response)
{
    Happening happening;
    happening.kind = "tool_response";
    std::string scheduling;
    bool blocking = false;
    for (const Json &item : response.value("functionResponses", Json::array())) {
        const std::string id = item.value("id", "");
        const std::string name = item.value("name", "");
        if (turn_.was_cancelled(id)) {
            log("drops the answer to a cancelled call");
            continue;
        }
        stage_.memory.usage.read_text(item.value("response", Json::object()).dump());
        if (item.value("willContinue", false))
            continue;
        const auto &open = turn_.open_calls();
        const auto call = std::find_if(open.begin(), open.end(), [&](const Turn::Open &c) {
            return id.empty() ? c.name == name : c.id == id;
        });
        blocking = blocking || call == open.end() || !call->non_blocking;
        turn_.take_answer(id, name);
        // Google's guide puts scheduling inside the response.
        scheduling =
            item.value("scheduling", item.value("response", Json::object()).value("scheduling", scheduling));
        answered_.push_back(item);
    }
    if (answered_.empty())
        return;
    if (blocking && turn_.is_blocked())
        return;  // the turn waits until all are answered
    Heard heard;
    heard.responses = std::exchange(answered_, Json::array());
    for (const Json &item : heard.responses) {
        happening.names.push_back(item.value("name", ""));
        happening.text += item.value("response", Json::object()).dump();
    }
    happening.message = heard.responses;
    if (stage_.setup.profile->handle_after_tool)
        give_handle();
    if (!blocking && scheduling == "SILENT") {
        offer_handle();
        if (!lane_)
            lane_idle();
        return;
    }
    if (!blocking && scheduling == "INTERRUPT")
        interrupt(false);
    answer(happening, heard, false);
}

void Conversation::take_context_update(const Json &update)
{
    if (update.contains("systemInstruction")) {
        stage_.setup.message["systemInstruction"] = update["systemInstruction"];
    }
    if (update.contains("tools")) {
        const Json list = update["tools"].value("tools", Json::array());
        read_functions(list, "context_update.tools.tools", *stage_.setup.profile, stage_.setup.functions);
    }
    count_instructions();
    Happening happening;
    happening.kind = "context_update";
    happening.message = update;
    happened(happening);
}

// Cut where a rule or a delay counts samples, so that it happens at exactly that sample.
void Conversation::hear(std::span<const int16_t> samples)
{
    if (recorder_)
        recorder_->audio(samples);
    std::vector<HeardSpeech> edges;
    while (!samples.empty() && !ended_) {
        int64_t until = heard_ + static_cast<int64_t>(samples.size());
        if (const auto next = rules_.next_number("audio_samples", heard_))
            until = std::min(until, *next);
        for (const Waiter &waiter : waiters_) {
            if (waiter.samples > heard_)
                until = std::min(until, waiter.samples);
        }
        until = std::min(until, next_report(heard_));
        const auto size = static_cast<size_t>(until - heard_);
        if (hearing_)
            hearing_->feed(samples.first(size), edges);
        samples = samples.subspan(size);
        heard_ = until;
        for (const HeardSpeech &edge : std::exchange(edges, {}))
            speech_edge(edge);
        if ((stage_.setup.all_input || stage_.setup.profile->usage_each_second) && !manual_)
            stage_.memory.usage.hear_audio(static_cast<int64_t>(size));
        Happening happening;
        happening.kind = "audio_samples";
        happening.number = heard_;
        happened(happening);
        report_while_hearing();
        wake_waiters();
    }
}

void Conversation::speech_edge(const HeardSpeech &edge)
{
    if (edge.edge == HeardSpeech::Edge::started)
        start_speech(edge.from);
    else
        end_speech(edge.from, edge.to);
}

void Conversation::start_speech(int64_t at)
{
    if (ended_)
        return;
    speaking_ = true;
    speaking_from_ = at;
    const Profile &profile = *stage_.setup.profile;
    if (stage_.setup.voice_activity && !manual_)
        send(Messages::voice_activity(true, to_ms(at), profile.activity_with_content));
    if (profile.only_transcribes)
        tell_interim();
    if (stage_.setup.interrupts)
        interrupt();
    Happening happening;
    happening.kind = "speech_started";
    happened(happening);
}

void Conversation::end_speech(int64_t from, int64_t to)
{
    if (ended_)
        return;
    speaking_ = false;
    if (!(stage_.setup.all_input || stage_.setup.profile->usage_each_second) || !stage_.setup.automatic)
        stage_.memory.usage.hear_audio(to - from);
    Heard heard;
    heard.speech_ms = to_ms(to - from);
    heard.text = std::exchange(pending_text_, "");
    const auto &transcripts = stage_.settings.transcripts;
    if (utterances_ < transcripts.size())
        heard.transcript = transcripts[utterances_];
    ++utterances_;
    Happening happening;
    happening.kind = "speech_ended";
    happening.text = heard.transcript;

    // A rule that transcribes does so in place of what stands here.
    const Rule *rule = rules_.take(happening);
    const bool by_rule = rule != nullptr && std::any_of(rule->actions.begin(), rule->actions.end(),
                                                        [](const Action &a) { return a.kind == "transcribe"; });
    const bool guess = !stage_.settings.has_scenario || stage_.setup.profile->only_transcribes;
    const std::string transcript =
        heard.transcript.empty() && guess ? measured_speech(to - from) : heard.transcript;
    if (stage_.setup.profile->only_transcribes) {
        finish_transcript(by_rule || to == from ? "" : transcript, from, to);
    } else {
        if (stage_.setup.transcribe_input && !by_rule && to > from && !transcript.empty())
            tell_transcript(transcript);
        if (stage_.setup.voice_activity && stage_.setup.automatic)
            send(Messages::voice_activity(false, to_ms(to), false));
    }
    if (rule != nullptr) {
        log("rule " + (rule->name.empty() ? happening.kind : rule->name));
        enqueue(with_default(rule->actions, heard), true);
        return;
    }
    answer(happening, heard, true);
}

void Conversation::tell_transcript(const std::string &text)
{
    Json with;
    with["text"] = text;
    // Only the families that send a whole transcript at once mark activity, too.
    with["pieces"] = stage_.setup.profile->voice_activity ? "whole" : "word";
    transcribe(with);
}

}  // namespace gemlive::emulator
