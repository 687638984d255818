// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How fast a turn was; after turn_finished. */
public final class TurnMetrics extends LiveEvent {
    private final long turn;
    private final long request;
    private final long firstByteMs;
    private final long firstAudioMs;
    private final long generationMs;
    private final long turnMs;
    private final double tokensPerSecond;
    private final boolean interrupted;
    private final long promptTokens;
    private final long responseTokens;
    private final long totalTokens;
    private final long cachedTokens;
    private final long thoughtsTokens;
    private final long toolUseTokens;

    TurnMetrics(NativeEvent event) {
        super(event);
        turn = event.turn();
        request = event.request();
        firstByteMs = event.optionalInteger(FieldNames.FIRST_BYTE_MS);
        firstAudioMs = event.optionalInteger(FieldNames.FIRST_AUDIO_MS);
        generationMs = event.optionalInteger(FieldNames.GENERATION_MS);
        turnMs = event.optionalInteger(FieldNames.TURN_MS);
        tokensPerSecond = event.optionalNumber(FieldNames.TOKENS_PER_SECOND);
        interrupted = event.flag(FieldNames.INTERRUPTED);
        promptTokens = event.optionalInteger(FieldNames.PROMPT_TOKENS);
        responseTokens = event.optionalInteger(FieldNames.RESPONSE_TOKENS);
        totalTokens = event.optionalInteger(FieldNames.TOTAL_TOKENS);
        cachedTokens = event.optionalInteger(FieldNames.CACHED_TOKENS);
        thoughtsTokens = event.optionalInteger(FieldNames.THOUGHTS_TOKENS);
        toolUseTokens = event.optionalInteger(FieldNames.TOOL_USE_TOKENS);
    }

    @Override
    public String type() {
        return "turn_metrics";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** The request it answers. From 1; 0: none. */
    public long request() {
        return request;
    }

    /** From the end of what it answers to its first output. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong firstByteMs() {
        return optional(firstByteMs);
    }

    /** The same to its first audio. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong firstAudioMs() {
        return optional(firstAudioMs);
    }

    /** From its first to its last output. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong generationMs() {
        return optional(generationMs);
    }

    /** From its first output to its end. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong turnMs() {
        return optional(turnMs);
    }

    /** Of the output. Empty: unknown, or there is none. */
    public OptionalDouble tokensPerSecond() {
        return optional(tokensPerSecond);
    }

    /** Whether it was cut. */
    public boolean interrupted() {
        return interrupted;
    }

    /** Tokens in, counted since the turn before. Empty: unknown, or there is none. */
    public OptionalLong promptTokens() {
        return optional(promptTokens);
    }

    /** The same: tokens out. Empty: unknown, or there is none. */
    public OptionalLong responseTokens() {
        return optional(responseTokens);
    }

    /** All of them. Empty: unknown, or there is none. */
    public OptionalLong totalTokens() {
        return optional(totalTokens);
    }

    /** Of the prompt, from a cache. Empty: unknown, or there is none. */
    public OptionalLong cachedTokens() {
        return optional(cachedTokens);
    }

    /** For thinking. Empty: unknown, or there is none. */
    public OptionalLong thoughtsTokens() {
        return optional(thoughtsTokens);
    }

    /** For the results of tools. Empty: unknown, or there is none. */
    public OptionalLong toolUseTokens() {
        return optional(toolUseTokens);
    }
}
