// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The server counted tokens. */
public final class Usage extends LiveEvent {
    private final long turn;
    private final long promptTokens;
    private final long responseTokens;
    private final long totalTokens;
    private final long cachedTokens;
    private final long thoughtsTokens;
    private final long toolUseTokens;
    private final String byModality;
    private final String sessionTotals;

    Usage(NativeEvent event) {
        super(event);
        turn = event.turn();
        promptTokens = event.integer(FieldNames.PROMPT_TOKENS);
        responseTokens = event.integer(FieldNames.RESPONSE_TOKENS);
        totalTokens = event.integer(FieldNames.TOTAL_TOKENS);
        cachedTokens = event.integer(FieldNames.CACHED_TOKENS);
        thoughtsTokens = event.integer(FieldNames.THOUGHTS_TOKENS);
        toolUseTokens = event.integer(FieldNames.TOOL_USE_TOKENS);
        byModality = event.text(FieldNames.BY_MODALITY);
        sessionTotals = event.text(FieldNames.SESSION_TOTALS);
    }

    @Override
    public String type() {
        return "usage";
    }

    /** The turn they were counted in. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** Tokens in. */
    public long promptTokens() {
        return promptTokens;
    }

    /** Tokens out. */
    public long responseTokens() {
        return responseTokens;
    }

    /** All of them. */
    public long totalTokens() {
        return totalTokens;
    }

    /** Of the prompt, from a cache. */
    public long cachedTokens() {
        return cachedTokens;
    }

    /** For thinking. */
    public long thoughtsTokens() {
        return thoughtsTokens;
    }

    /** For the results of tools. */
    public long toolUseTokens() {
        return toolUseTokens;
    }

    /** The same by kind of content. JSON text. */
    public String byModality() {
        return byModality;
    }

    /** The sums of the session. JSON text. */
    public String sessionTotals() {
        return sessionTotals;
    }
}
