// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.runner;

import com.google.gson.JsonElement;
import dev.gemlive.LiveOptions;

/** Sets an option by its setter; false for a name or a type for which there is none. */
final class OptionSettings {
    static boolean set(LiveOptions.Builder to, String name, JsonElement value) {
        switch (name) {
            case "model":
                return Lines.isText(value) && done(to.model(value.getAsString()));
            case "instructions":
                return Lines.isText(value) && done(to.instructions(value.getAsString()));
            case "voice":
                return Lines.isText(value) && done(to.voice(value.getAsString()));
            case "language":
                return Lines.isText(value) && done(to.language(value.getAsString()));
            case "modalities":
                return done(to.modalities(Lines.asGiven(value)));
            case "tools":
                return done(to.tools(Lines.asGiven(value)));
            case "tool_behavior":
                return Lines.isText(value) && done(to.toolBehavior(value.getAsString()));
            case "tool_choice":
                return Lines.isText(value) && done(to.toolChoice(value.getAsString()));
            case "tool_response_scheduling":
                return Lines.isText(value) && done(to.toolResponseScheduling(value.getAsString()));
            case "candidate_count":
                return Lines.isNumber(value) && done(to.candidateCount(value.getAsLong()));
            case "temperature":
                return Lines.isNumber(value) && done(to.temperature(value.getAsDouble()));
            case "max_output_tokens":
                return Lines.isNumber(value) && done(to.maxOutputTokens(value.getAsLong()));
            case "top_p":
                return Lines.isNumber(value) && done(to.topP(value.getAsDouble()));
            case "top_k":
                return Lines.isNumber(value) && done(to.topK(value.getAsLong()));
            case "presence_penalty":
                return Lines.isNumber(value) && done(to.presencePenalty(value.getAsDouble()));
            case "frequency_penalty":
                return Lines.isNumber(value) && done(to.frequencyPenalty(value.getAsDouble()));
            case "seed":
                return Lines.isNumber(value) && done(to.seed(value.getAsLong()));
            case "media_resolution":
                return Lines.isText(value) && done(to.mediaResolution(value.getAsString()));
            case "thinking_config":
                return done(to.thinkingConfig(Lines.asGiven(value)));
            case "translation_config":
                return done(to.translationConfig(Lines.asGiven(value)));
            case "enable_affective_dialog":
                return Lines.isFlag(value) && done(to.enableAffectiveDialog(value.getAsBoolean()));
            case "proactivity":
                return done(to.proactivity(Lines.asGiven(value)));
            case "input_audio_transcription":
                return done(to.inputAudioTranscription(Lines.asGiven(value)));
            case "output_audio_transcription":
                return done(to.outputAudioTranscription(Lines.asGiven(value)));
            case "realtime_input_config":
                return done(to.realtimeInputConfig(Lines.asGiven(value)));
            case "context_window_compression":
                return done(to.contextWindowCompression(Lines.asGiven(value)));
            case "session_resumption":
                return done(to.sessionResumption(Lines.asGiven(value)));
            case "chat_context":
                return done(to.chatContext(Lines.asGiven(value)));
            case "history_config":
                return done(to.historyConfig(Lines.asGiven(value)));
            case "safety_settings":
                return done(to.safetySettings(Lines.asGiven(value)));
            case "explicit_vad_signal":
                return Lines.isFlag(value) && done(to.explicitVadSignal(value.getAsBoolean()));
            case "labels":
                return done(to.labels(Lines.asGiven(value)));
            case "setup":
                return done(to.setup(Lines.asGiven(value)));
            case "saved":
                return Lines.isText(value) && done(to.saved(value.getAsString()));
            case "api_key":
                return Lines.isText(value) && done(to.apiKey(value.getAsString()));
            case "token":
                return Lines.isText(value) && done(to.token(value.getAsString()));
            case "access_token":
                return Lines.isText(value) && done(to.accessToken(value.getAsString()));
            case "credentials":
                return done(to.credentials(Lines.asGiven(value)));
            case "vertexai":
                return Lines.isFlag(value) && done(to.vertexai(value.getAsBoolean()));
            case "project":
                return Lines.isText(value) && done(to.project(value.getAsString()));
            case "location":
                return Lines.isText(value) && done(to.location(value.getAsString()));
            case "api_version":
                return Lines.isText(value) && done(to.apiVersion(value.getAsString()));
            case "base_url":
                return Lines.isText(value) && done(to.baseUrl(value.getAsString()));
            case "headers":
                return done(to.headers(Lines.asGiven(value)));
            case "ca_file":
                return Lines.isText(value) && done(to.caFile(value.getAsString()));
            case "ca_dir":
                return Lines.isText(value) && done(to.caDir(value.getAsString()));
            case "ca_pem":
                return Lines.isText(value) && done(to.caPem(value.getAsString()));
            case "allow_plaintext":
                return Lines.isFlag(value) && done(to.allowPlaintext(value.getAsBoolean()));
            case "model_table":
                return done(to.modelTable(Lines.asGiven(value)));
            case "connect_timeout_ms":
                return Lines.isNumber(value) && done(to.connectTimeoutMs(value.getAsLong()));
            case "max_retries":
                return Lines.isNumber(value) && done(to.maxRetries(value.getAsLong()));
            case "retry_interval_ms":
                return Lines.isNumber(value) && done(to.retryIntervalMs(value.getAsLong()));
            case "outage_budget_ms":
                return Lines.isNumber(value) && done(to.outageBudgetMs(value.getAsLong()));
            case "reply_timeout_ms":
                return Lines.isNumber(value) && done(to.replyTimeoutMs(value.getAsLong()));
            case "liveness_timeout_ms":
                return Lines.isNumber(value) && done(to.livenessTimeoutMs(value.getAsLong()));
            case "pong_timeout_ms":
                return Lines.isNumber(value) && done(to.pongTimeoutMs(value.getAsLong()));
            case "ping_interval_ms":
                return Lines.isNumber(value) && done(to.pingIntervalMs(value.getAsLong()));
            case "budget_tokens":
                return Lines.isNumber(value) && done(to.budgetTokens(value.getAsLong()));
            case "budget_ms":
                return Lines.isNumber(value) && done(to.budgetMs(value.getAsLong()));
            case "budget_warning_percent":
                return Lines.isNumber(value) && done(to.budgetWarningPercent(value.getAsLong()));
            case "tool_call_timeout_ms":
                return Lines.isNumber(value) && done(to.toolCallTimeoutMs(value.getAsLong()));
            case "update_wait_ms":
                return Lines.isNumber(value) && done(to.updateWaitMs(value.getAsLong()));
            case "stall_timeout_ms":
                return Lines.isNumber(value) && done(to.stallTimeoutMs(value.getAsLong()));
            case "transcript_grace_ms":
                return Lines.isNumber(value) && done(to.transcriptGraceMs(value.getAsLong()));
            case "interrupt_grace_ms":
                return Lines.isNumber(value) && done(to.interruptGraceMs(value.getAsLong()));
            case "handover_min_ms":
                return Lines.isNumber(value) && done(to.handoverMinMs(value.getAsLong()));
            case "drain_timeout_ms":
                return Lines.isNumber(value) && done(to.drainTimeoutMs(value.getAsLong()));
            case "journal_ms":
                return Lines.isNumber(value) && done(to.journalMs(value.getAsLong()));
            case "replay_ms":
                return Lines.isNumber(value) && done(to.replayMs(value.getAsLong()));
            case "reseed":
                return Lines.isText(value) && done(to.reseed(value.getAsString()));
            case "partial_packet_ms":
                return Lines.isNumber(value) && done(to.partialPacketMs(value.getAsLong()));
            case "stream_pause_ms":
                return Lines.isNumber(value) && done(to.streamPauseMs(value.getAsLong()));
            case "outage_audio":
                return Lines.isText(value) && done(to.outageAudio(value.getAsString()));
            case "activity_gate":
                return Lines.isText(value) && done(to.activityGate(value.getAsString()));
            case "automatic_activity":
                return Lines.isText(value) && done(to.automaticActivity(value.getAsString()));
            case "preroll_ms":
                return Lines.isNumber(value) && done(to.prerollMs(value.getAsLong()));
            case "image_encode_options":
                return done(to.imageEncodeOptions(Lines.asGiven(value)));
            case "video_interval_ms":
                return Lines.isNumber(value) && done(to.videoIntervalMs(value.getAsLong()));
            case "video_idle_interval_ms":
                return Lines.isNumber(value) && done(to.videoIdleIntervalMs(value.getAsLong()));
            case "voice_detection":
                return Lines.isText(value) && done(to.voiceDetection(value.getAsString()));
            case "io_threads":
                return Lines.isNumber(value) && done(to.ioThreads(value.getAsLong()));
            case "input_ring_ms":
                return Lines.isNumber(value) && done(to.inputRingMs(value.getAsLong()));
            case "command_queue":
                return Lines.isNumber(value) && done(to.commandQueue(value.getAsLong()));
            case "command_queue_bytes":
                return Lines.isNumber(value) && done(to.commandQueueBytes(value.getAsLong()));
            case "chat_context_bytes":
                return Lines.isNumber(value) && done(to.chatContextBytes(value.getAsLong()));
            case "event_queue":
                return Lines.isNumber(value) && done(to.eventQueue(value.getAsLong()));
            case "event_queue_bytes":
                return Lines.isNumber(value) && done(to.eventQueueBytes(value.getAsLong()));
            case "share_events":
                return Lines.isFlag(value) && done(to.shareEvents(value.getAsBoolean()));
            case "max_message_bytes":
                return Lines.isNumber(value) && done(to.maxMessageBytes(value.getAsLong()));
            case "audio_events":
                return Lines.isText(value) && done(to.audioEvents(value.getAsString()));
            case "playout_prebuffer_ms":
                return Lines.isNumber(value) && done(to.playoutPrebufferMs(value.getAsLong()));
            case "playout_ms":
                return Lines.isNumber(value) && done(to.playoutMs(value.getAsLong()));
            case "resampler_quality":
                return Lines.isText(value) && done(to.resamplerQuality(value.getAsString()));
            default:
                return false;
        }
    }

    private static boolean done(LiveOptions.Builder set) {
        return set != null;
    }

    private OptionSettings() {}
}
