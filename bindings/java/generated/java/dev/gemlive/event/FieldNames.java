// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.Utf8;

/** The names of fields, as C reads them. */
final class FieldNames {
    static final byte[] AGE_MS = Utf8.encode("age_ms");
    static final byte[] AMOUNT = Utf8.encode("amount");
    static final byte[] ARGUMENTS = Utf8.encode("arguments");
    static final byte[] ATTEMPT = Utf8.encode("attempt");
    static final byte[] BEHAVIOR = Utf8.encode("behavior");
    static final byte[] BY = Utf8.encode("by");
    static final byte[] BY_MODALITY = Utf8.encode("by_modality");
    static final byte[] BYTES = Utf8.encode("bytes");
    static final byte[] CACHED_TOKENS = Utf8.encode("cached_tokens");
    static final byte[] CALL = Utf8.encode("call");
    static final byte[] CALLS = Utf8.encode("calls");
    static final byte[] CAUSE = Utf8.encode("cause");
    static final byte[] CHANNELS = Utf8.encode("channels");
    static final byte[] CLOSE_CODE = Utf8.encode("close_code");
    static final byte[] CLOSE_REASON = Utf8.encode("close_reason");
    static final byte[] CODE = Utf8.encode("code");
    static final byte[] CORRECTION = Utf8.encode("correction");
    static final byte[] FATAL = Utf8.encode("fatal");
    static final byte[] FINAL = Utf8.encode("final");
    static final byte[] FIRST_AUDIO_MS = Utf8.encode("first_audio_ms");
    static final byte[] FIRST_BYTE_MS = Utf8.encode("first_byte_ms");
    static final byte[] FLUSHED_MS = Utf8.encode("flushed_ms");
    static final byte[] FRAMES = Utf8.encode("frames");
    static final byte[] GENERATED_MS = Utf8.encode("generated_ms");
    static final byte[] GENERATION_MS = Utf8.encode("generation_ms");
    static final byte[] HEARD_MS = Utf8.encode("heard_ms");
    static final byte[] HTTP_STATUS = Utf8.encode("http_status");
    static final byte[] INTERIM = Utf8.encode("interim");
    static final byte[] INTERRUPTED = Utf8.encode("interrupted");
    static final byte[] LANGUAGE = Utf8.encode("language");
    static final byte[] MESSAGE = Utf8.encode("message");
    static final byte[] MIME_TYPE = Utf8.encode("mime_type");
    static final byte[] NAME = Utf8.encode("name");
    static final byte[] OFFSET_FRAMES = Utf8.encode("offset_frames");
    static final byte[] OFFSET_MS = Utf8.encode("offset_ms");
    static final byte[] ORIGIN = Utf8.encode("origin");
    static final byte[] OUTAGE_MS = Utf8.encode("outage_ms");
    static final byte[] PHASE = Utf8.encode("phase");
    static final byte[] PLAN = Utf8.encode("plan");
    static final byte[] PROMPT_TOKENS = Utf8.encode("prompt_tokens");
    static final byte[] RAW = Utf8.encode("raw");
    static final byte[] REASON = Utf8.encode("reason");
    static final byte[] RESENT = Utf8.encode("resent");
    static final byte[] RESPONSE_TOKENS = Utf8.encode("response_tokens");
    static final byte[] RESTORED = Utf8.encode("restored");
    static final byte[] RESUMABLE = Utf8.encode("resumable");
    static final byte[] RETRY_IN_MS = Utf8.encode("retry_in_ms");
    static final byte[] RETRYABLE = Utf8.encode("retryable");
    static final byte[] SAMPLE_RATE = Utf8.encode("sample_rate");
    static final byte[] SERVER_REASON = Utf8.encode("server_reason");
    static final byte[] SESSION_ID = Utf8.encode("session_id");
    static final byte[] SESSION_TOTALS = Utf8.encode("session_totals");
    static final byte[] SILENT_MS = Utf8.encode("silent_ms");
    static final byte[] SOURCE = Utf8.encode("source");
    static final byte[] SPEAKER = Utf8.encode("speaker");
    static final byte[] STEP = Utf8.encode("step");
    static final byte[] STEPS_MS = Utf8.encode("steps_ms");
    static final byte[] TEXT = Utf8.encode("text");
    static final byte[] THOUGHTS_TOKENS = Utf8.encode("thoughts_tokens");
    static final byte[] TIME_LEFT_MS = Utf8.encode("time_left_ms");
    static final byte[] TOKENS_PER_SECOND = Utf8.encode("tokens_per_second");
    static final byte[] TOOL_USE_TOKENS = Utf8.encode("tool_use_tokens");
    static final byte[] TOTAL_TOKENS = Utf8.encode("total_tokens");
    static final byte[] TOTALS = Utf8.encode("totals");
    static final byte[] TRANSCRIPT = Utf8.encode("transcript");
    static final byte[] TRIGGER = Utf8.encode("trigger");
    static final byte[] TURN_MS = Utf8.encode("turn_ms");
    static final byte[] UNIT = Utf8.encode("unit");
    static final byte[] USER_TRANSCRIPTION = Utf8.encode("user_transcription");
    static final byte[] VALUE = Utf8.encode("value");
    static final byte[] WHAT = Utf8.encode("what");
    static final byte[] WHY = Utf8.encode("why");
    static final byte[] WILL_RETRY = Utf8.encode("will_retry");
    static final byte[] WORDS = Utf8.encode("words");

    private FieldNames() {}
}
