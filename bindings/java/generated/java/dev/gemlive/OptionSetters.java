// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive;

/** A setter for every option of docs/options.md. What is wrong with a value is said when it is used. */
abstract class OptionSetters<B extends OptionSetters<B>> {
    abstract B text(String name, String value);

    abstract B integer(String name, long value);

    abstract B number(String name, double value);

    abstract B bool(String name, boolean value);

    abstract B json(String name, String json);

    /**
     * The model's name; the flavour's default model when absent.
     * A text.
     * Not set by default.
     * Takes effect new sessions only.
     * null: not set.
     */
    public B model(String value) {
        return text("model", value);
    }

    /**
     * The system instruction.
     * A text.
     * Not set by default.
     * Takes effect at the end of the turn.
     * null: not set.
     */
    public B instructions(String value) {
        return text("instructions", value);
    }

    /**
     * The prebuilt voice's name; case matters.
     * A text.
     * Default: "Puck".
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B voice(String value) {
        return text("voice", value);
    }

    /**
     * BCP 47 code, such as de-DE; `de_de`, `deu` and `german` become one.
     * A text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B language(String value) {
        return text("language", value);
    }

    /**
     * What the model answers in: AUDIO or TEXT.
     * JSON text.
     * Default: ["AUDIO"].
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B modalities(String json) {
        return json("modalities", json);
    }

    /**
     * The API's list of Tool, or a list of function declarations.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn.
     * null: not set.
     */
    public B tools(String json) {
        return json("tools", json);
    }

    /**
     * Behavior of functions that name none.
     * A text: BLOCKING NON_BLOCKING.
     * Not set by default.
     * Takes effect at the end of the turn.
     * null: not set.
     */
    public B toolBehavior(String value) {
        return text("tool_behavior", value);
    }

    /**
     * none: the tools are kept, and the model hears of none.
     * A text: auto none.
     * Default: "auto".
     * Takes effect at the end of the turn.
     * null: not set.
     */
    public B toolChoice(String value) {
        return text("tool_choice", value);
    }

    /**
     * Scheduling of answers that name none.
     * A text: SILENT WHEN_IDLE INTERRUPT.
     * Not set by default.
     * Takes effect at once.
     * null: not set.
     */
    public B toolResponseScheduling(String value) {
        return text("tool_response_scheduling", value);
    }

    /**
     * Live models take 1.
     * A whole number: 1 to 8.
     * Default: 1.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B candidateCount(long value) {
        return integer("candidate_count", value);
    }

    /**
     * Sampling temperature.
     * A number: 0 to 2.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B temperature(double value) {
        return number("temperature", value);
    }

    /**
     * Bound on a turn's length.
     * A whole number: 1 to 1000000.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B maxOutputTokens(long value) {
        return integer("max_output_tokens", value);
    }

    /**
     * Nucleus sampling.
     * A number: 0 to 1.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B topP(double value) {
        return number("top_p", value);
    }

    /**
     * Sampling among the k likeliest tokens.
     * A whole number: 1 to 1000.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B topK(long value) {
        return integer("top_k", value);
    }

    /**
     * Against repeated topics.
     * A number: -2 to 2.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B presencePenalty(double value) {
        return number("presence_penalty", value);
    }

    /**
     * Against repeated words.
     * A number: -2 to 2.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B frequencyPenalty(double value) {
        return number("frequency_penalty", value);
    }

    /**
     * Makes sampling repeatable.
     * A whole number: -2147483648 to 2147483647.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B seed(long value) {
        return integer("seed", value);
    }

    /**
     * Tokens an image takes.
     * A text: MEDIA_RESOLUTION_LOW MEDIA_RESOLUTION_MEDIUM MEDIA_RESOLUTION_HIGH.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B mediaResolution(String value) {
        return text("media_resolution", value);
    }

    /**
     * The API's ThinkingConfig.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B thinkingConfig(String json) {
        return json("thinking_config", json);
    }

    /**
     * Of the translation models.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B translationConfig(String json) {
        return json("translation_config", json);
    }

    /**
     * The model answers to the tone of the voice; uses API version v1alpha where that is needed.
     * true or false.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B enableAffectiveDialog(boolean value) {
        return bool("enable_affective_dialog", value);
    }

    /**
     * true: the model may stay silent; or the API's ProactivityConfig.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B proactivity(String json) {
        return json("proactivity", json);
    }

    /**
     * Transcripts of the user; null is off.
     * JSON text.
     * Default: {}.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B inputAudioTranscription(String json) {
        return json("input_audio_transcription", json);
    }

    /**
     * Transcripts of the model; null is off.
     * JSON text.
     * Default: {}.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B outputAudioTranscription(String json) {
        return json("output_audio_transcription", json);
    }

    /**
     * The API's: VAD, activity handling.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B realtimeInputConfig(String json) {
        return json("realtime_input_config", json);
    }

    /**
     * The API's. null is off: the service then ends a session after 15 minutes.
     * JSON text.
     * Default: {"slidingWindow":{}}.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B contextWindowCompression(String json) {
        return json("context_window_compression", json);
    }

    /**
     * {"handle": …} resumes an earlier session.
     * JSON text.
     * Default: {}.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B sessionResumption(String json) {
        return json("session_resumption", json);
    }

    /**
     * What was said before: items as get_chat_context gives them.
     * JSON text.
     * Not set by default.
     * Takes effect new sessions only.
     * null: not set.
     */
    public B chatContext(String json) {
        return json("chat_context", json);
    }

    /**
     * The API's.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B historyConfig(String json) {
        return json("history_config", json);
    }

    /**
     * The API's.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B safetySettings(String json) {
        return json("safety_settings", json);
    }

    /**
     * Vertex: asks for voice activity messages.
     * true or false.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     */
    public B explicitVadSignal(boolean value) {
        return bool("explicit_vad_signal", value);
    }

    /**
     * Billing labels.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B labels(String json) {
        return json("labels", json);
    }

    /**
     * Merged into the setup message as it is, last.
     * JSON text.
     * Not set by default.
     * Takes effect at the end of the turn, by a new connection.
     * null: not set.
     */
    public B setup(String json) {
        return json("setup", json);
    }

    /**
     * That these options are what gemlive_session_save gave, and in which form.
     * A text: gemlive-1.
     * Not set by default.
     * Takes effect new sessions only.
     * null: not set.
     */
    public B saved(String value) {
        return text("saved", value);
    }

    /**
     * Else GOOGLE_API_KEY, else GEMINI_API_KEY.
     * A text.
     * Not set by default.
     * Takes effect with the next connection. Never shown.
     * null: not set.
     */
    public B apiKey(String value) {
        return text("api_key", value);
    }

    /**
     * An ephemeral token, auth_tokens/….
     * A text.
     * Not set by default.
     * Takes effect with the next connection. Never shown.
     * null: not set.
     */
    public B token(String value) {
        return text("token", value);
    }

    /**
     * Vertex: an OAuth access token.
     * A text.
     * Not set by default.
     * Takes effect with the next connection. Never shown.
     * null: not set.
     */
    public B accessToken(String value) {
        return text("access_token", value);
    }

    /**
     * Vertex: what a credentials file of Google Cloud holds, of type service_account or authorized_user; else the file of GOOGLE_APPLICATION_CREDENTIALS, else that of gcloud's login, else the metadata server.
     * JSON text.
     * Not set by default.
     * Takes effect with the next connection. Never shown.
     * null: not set.
     */
    public B credentials(String json) {
        return json("credentials", json);
    }

    /**
     * Vertex AI instead of the Gemini API; else GOOGLE_GENAI_USE_VERTEXAI.
     * true or false.
     * Not set by default.
     * Takes effect new sessions only.
     */
    public B vertexai(boolean value) {
        return bool("vertexai", value);
    }

    /**
     * Vertex: else GOOGLE_CLOUD_PROJECT.
     * A text.
     * Not set by default.
     * Takes effect new sessions only.
     * null: not set.
     */
    public B project(String value) {
        return text("project", value);
    }

    /**
     * Vertex: else GOOGLE_CLOUD_LOCATION, else us-central1.
     * A text.
     * Not set by default.
     * Takes effect new sessions only.
     * null: not set.
     */
    public B location(String value) {
        return text("location", value);
    }

    /**
     * Else GOOGLE_GENAI_API_VERSION, else v1beta (Gemini) or v1beta1 (Vertex).
     * A text.
     * Not set by default.
     * Takes effect with the next connection.
     * null: not set.
     */
    public B apiVersion(String value) {
        return text("api_version", value);
    }

    /**
     * Else GOOGLE_GEMINI_BASE_URL or GOOGLE_VERTEX_BASE_URL.
     * A text.
     * Not set by default.
     * Takes effect with the next connection.
     * null: not set.
     */
    public B baseUrl(String value) {
        return text("base_url", value);
    }

    /**
     * More headers for the upgrade; their values are not shown.
     * JSON text.
     * Not set by default.
     * Takes effect with the next connection.
     * null: not set.
     */
    public B headers(String json) {
        return json("headers", json);
    }

    /**
     * PEM file of trusted roots; else SSL_CERT_FILE, else the system's.
     * A text.
     * Not set by default.
     * Takes effect with the next connection.
     * null: not set.
     */
    public B caFile(String value) {
        return text("ca_file", value);
    }

    /**
     * Folder of trusted roots; else SSL_CERT_DIR, else the system's.
     * A text.
     * Not set by default.
     * Takes effect with the next connection.
     * null: not set.
     */
    public B caDir(String value) {
        return text("ca_dir", value);
    }

    /**
     * Trusted roots themselves.
     * A text.
     * Not set by default.
     * Takes effect with the next connection.
     * null: not set.
     */
    public B caPem(String value) {
        return text("ca_pem", value);
    }

    /**
     * Lets ws:// go beyond loopback.
     * true or false.
     * Default: false.
     * Takes effect with the next connection.
     */
    public B allowPlaintext(boolean value) {
        return bool("allow_plaintext", value);
    }

    /**
     * Rows of the capability table that replace the built-in ones.
     * JSON text.
     * Not set by default.
     * Takes effect new sessions only.
     * null: not set.
     */
    public B modelTable(String json) {
        return json("model_table", json);
    }

    /**
     * For all steps of a connection together.
     * A whole number: 1 to 86400000.
     * Default: 10000.
     * Takes effect with the next connection.
     */
    public B connectTimeoutMs(long value) {
        return integer("connect_timeout_ms", value);
    }

    /**
     * Attempts in a row that may fail; absent: as many as outage_budget_ms has time for.
     * A whole number: 0 to 1000000.
     * Not set by default.
     * Takes effect at once.
     */
    public B maxRetries(long value) {
        return integer("max_retries", value);
    }

    /**
     * Longest wait before an attempt; waits begin at 100 ms and double with the attempts of a minute, half of each by chance.
     * A whole number: 0 to 86400000.
     * Default: 8000.
     * Takes effect at once.
     */
    public B retryIntervalMs(long value) {
        return integer("retry_interval_ms", value);
    }

    /**
     * How long it is tried without a connection that was useful: on which a turn finished, or that lived 5 s.
     * A whole number: 0 to 86400000.
     * Default: 60000.
     * Takes effect at once.
     */
    public B outageBudgetMs(long value) {
        return integer("outage_budget_ms", value);
    }

    /**
     * From the written request to the first output.
     * A whole number: 1 to 86400000.
     * Default: 10000.
     * Takes effect at once.
     */
    public B replyTimeoutMs(long value) {
        return integer("reply_timeout_ms", value);
    }

    /**
     * How long the network may leave unacknowledged what was sent to it, until the connection counts as dead.
     * A whole number: 1 to 86400000.
     * Default: 10000.
     * Takes effect at once.
     */
    public B livenessTimeoutMs(long value) {
        return integer("liveness_timeout_ms", value);
    }

    /**
     * How long the answer to a ping may take, until the connection counts as dead.
     * A whole number: 1 to 86400000.
     * Default: 60000.
     * Takes effect at once.
     */
    public B pongTimeoutMs(long value) {
        return integer("pong_timeout_ms", value);
    }

    /**
     * Silence after which the server is pinged; 0: never.
     * A whole number: 0 to 86400000.
     * Default: 10000.
     * Takes effect at once.
     */
    public B pingIntervalMs(long value) {
        return integer("ping_interval_ms", value);
    }

    /**
     * Tokens after which the session ends, its code GEMLIVE_ERROR_QUOTA; 0: any number.
     * A whole number: 0 to 1000000000000.
     * Default: 0.
     * Takes effect at once.
     */
    public B budgetTokens(long value) {
        return integer("budget_tokens", value);
    }

    /**
     * Time since the first connection after which it ends so; 0: any.
     * A whole number: 0 to 2592000000.
     * Default: 0.
     * Takes effect at once.
     */
    public B budgetMs(long value) {
        return integer("budget_ms", value);
    }

    /**
     * Of a budget, after which an error that is not fatal warns.
     * A whole number: 1 to 100.
     * Default: 80.
     * Takes effect at once.
     */
    public B budgetWarningPercent(long value) {
        return integer("budget_warning_percent", value);
    }

    /**
     * How long the application may take for a tool call, until the model is told that no answer comes; 0: any time.
     * A whole number: 0 to 86400000.
     * Default: 0.
     * Takes effect at once.
     */
    public B toolCallTimeoutMs(long value) {
        return integer("tool_call_timeout_ms", value);
    }

    /**
     * How long a change waits for tool calls that nobody answers; 0: as long as they are open.
     * A whole number: 0 to 86400000.
     * Default: 30000.
     * Takes effect at once.
     */
    public B updateWaitMs(long value) {
        return integer("update_wait_ms", value);
    }

    /**
     * Silence in a turn that is reported as stalled; 0: never.
     * A whole number: 0 to 86400000.
     * Default: 10000.
     * Takes effect at once.
     */
    public B stallTimeoutMs(long value) {
        return integer("stall_timeout_ms", value);
    }

    /**
     * Late pieces of an input transcript join it so long.
     * A whole number: 0 to 60000.
     * Default: 1000.
     * Takes effect at once.
     */
    public B transcriptGraceMs(long value) {
        return integer("transcript_grace_ms", value);
    }

    /**
     * How long output of an interrupted turn is dropped.
     * A whole number: 0 to 60000.
     * Default: 3000.
     * Takes effect at once.
     */
    public B interruptGraceMs(long value) {
        return integer("interrupt_grace_ms", value);
    }

    /**
     * After a go-away: with less time left a turn is cut.
     * A whole number: 0 to 86400000.
     * Default: 1000.
     * Takes effect at once.
     */
    public B handoverMinMs(long value) {
        return integer("handover_min_ms", value);
    }

    /**
     * What close may take.
     * A whole number: 0 to 86400000.
     * Default: 5000.
     * Takes effect at once.
     */
    public B drainTimeoutMs(long value) {
        return integer("drain_timeout_ms", value);
    }

    /**
     * Unsent audio that is kept.
     * A whole number: 250 to 3600000.
     * Default: 15000.
     * Takes effect at once.
     */
    public B journalMs(long value) {
        return integer("journal_ms", value);
    }

    /**
     * What was sent so long before a lost server's last sign of life is sent again.
     * A whole number: 0 to 60000.
     * Default: 2000.
     * Takes effect at once.
     */
    public B replayMs(long value) {
        return integer("replay_ms", value);
    }

    /**
     * Whether a server that cannot resume the conversation is told what was said.
     * A text: on off.
     * Default: "on".
     * Takes effect at once.
     * null: not set.
     */
    public B reseed(String value) {
        return text("reseed", value);
    }

    /**
     * Age at which a packet under 50 ms is sent.
     * A whole number: 1 to 10000.
     * Default: 100.
     * Takes effect at once.
     */
    public B partialPacketMs(long value) {
        return integer("partial_packet_ms", value);
    }

    /**
     * How long the microphone gives nothing until a server that detects speech is told that the stream has ended.
     * A whole number: 20 to 60000.
     * Default: 1000.
     * Takes effect at once.
     */
    public B streamPauseMs(long value) {
        return integer("stream_pause_ms", value);
    }

    /**
     * What becomes of unsent audio when a connection was lost, and of what push_audio takes until the next one: kept and sent, or discarded and counted.
     * A text: keep discard.
     * Default: "keep".
     * Takes effect at once.
     * null: not set.
     */
    public B outageAudio(String value) {
        return text("outage_audio", value);
    }

    /**
     * Where the server's VAD is off: whether audio outside of an activity is held back.
     * A text: on off.
     * Default: "on".
     * Takes effect at once.
     * null: not set.
     */
    public B activityGate(String value) {
        return text("activity_gate", value);
    }

    /**
     * Where the server's VAD is off: whether the voice in the microphone begins and ends activities by itself. on needs voice_detection.
     * A text: on off.
     * Default: "off".
     * Takes effect at once.
     * null: not set.
     */
    public B automaticActivity(String value) {
        return text("automatic_activity", value);
    }

    /**
     * Audio from before the start of an activity that is sent with it.
     * A whole number: 0 to 10000.
     * Default: 300.
     * Takes effect at once.
     */
    public B prerollMs(long value) {
        return integer("preroll_ms", value);
    }

    /**
     * How frames of push_video are encoded: format JPEG or PNG, quality 75, width and height 1024, strategy scale_aspect_fit, scale_aspect_cover, center_aspect_fit, center_aspect_cover or skew; none enlarges.
     * JSON text.
     * Default: {}.
     * Takes effect at once.
     * null: not set.
     */
    public B imageEncodeOptions(String json) {
        return json("image_encode_options", json);
    }

    /**
     * Time between frames of push_video that are sent, while the user speaks; of those pushed meanwhile the newest.
     * A whole number: 0 to 86400000.
     * Default: 1000.
     * Takes effect at once.
     */
    public B videoIntervalMs(long value) {
        return integer("video_interval_ms", value);
    }

    /**
     * The same while nobody says that the user speaks.
     * A whole number: 0 to 86400000.
     * Default: 3000.
     * Takes effect at once.
     */
    public B videoIdleIntervalMs(long value) {
        return integer("video_idle_interval_ms", value);
    }

    /**
     * Whether voice is looked for in the microphone: it makes speech events where the server sends none, dates the end of speech, and a hand-over waits for it. on is refused by a library that was built without a detector.
     * A text: on off.
     * Default: "on".
     * Takes effect at once.
     * null: not set.
     */
    public B voiceDetection(String value) {
        return text("voice_detection", value);
    }

    /**
     * Network threads of the process, at least; sessions take turns. Of a model.
     * A whole number: 1 to 64.
     * Default: 1.
     * Takes effect new sessions only.
     */
    public B ioThreads(long value) {
        return integer("io_threads", value);
    }

    /**
     * What push_audio has room for.
     * A whole number: 20 to 10000.
     * Default: 250.
     * Takes effect new sessions only.
     */
    public B inputRingMs(long value) {
        return integer("input_ring_ms", value);
    }

    /**
     * Commands that may wait to be sent.
     * A whole number: 1 to 1000000.
     * Default: 1024.
     * Takes effect new sessions only.
     */
    public B commandQueue(long value) {
        return integer("command_queue", value);
    }

    /**
     * What they may hold together; one is always taken.
     * A whole number: 1024 to 1073741824.
     * Default: 33554432.
     * Takes effect new sessions only.
     */
    public B commandQueueBytes(long value) {
        return integer("command_queue_bytes", value);
    }

    /**
     * What of the conversation is kept for get_chat_context; then the oldest goes.
     * A whole number: 1024 to 1073741824.
     * Default: 4194304.
     * Takes effect new sessions only.
     */
    public B chatContextBytes(long value) {
        return integer("chat_context_bytes", value);
    }

    /**
     * Events that may wait; past it audio is dropped, then the session closes.
     * A whole number: 16 to 100000000.
     * Default: 65536.
     * Takes effect new sessions only.
     */
    public B eventQueue(long value) {
        return integer("event_queue", value);
    }

    /**
     * The same bound in bytes of memory.
     * A whole number: 65536 to 4294967296.
     * Default: 67108864.
     * Takes effect new sessions only.
     */
    public B eventQueueBytes(long value) {
        return integer("event_queue_bytes", value);
    }

    /**
     * Events go into the model's queue; not those of a session with a callback.
     * true or false.
     * Default: false.
     * Takes effect new sessions only.
     */
    public B shareEvents(boolean value) {
        return bool("share_events", value);
    }

    /**
     * Largest server message.
     * A whole number: 65536 to 1073741824.
     * Default: 33554432.
     * Takes effect with the next connection.
     */
    public B maxMessageBytes(long value) {
        return integer("max_message_bytes", value);
    }

    /**
     * audio events: auto is on until playout is used.
     * A text: auto on off.
     * Default: "auto".
     * Takes effect new sessions only.
     * null: not set.
     */
    public B audioEvents(String value) {
        return text("audio_events", value);
    }

    /**
     * What has to wait before a turn begins to play.
     * A whole number: 0 to 10000.
     * Default: 0.
     * Takes effect new sessions only.
     */
    public B playoutPrebufferMs(long value) {
        return integer("playout_prebuffer_ms", value);
    }

    /**
     * Most that waits to be played; then the oldest goes.
     * A whole number: 1000 to 3600000.
     * Default: 300000.
     * Takes effect new sessions only.
     */
    public B playoutMs(long value) {
        return integer("playout_ms", value);
    }

    /**
     * high: always libsamplerate.
     * A text: standard high.
     * Default: "standard".
     * Takes effect new sessions only.
     * null: not set.
     */
    public B resamplerQuality(String value) {
        return text("resampler_quality", value);
    }

    static boolean isSecret(String name) {
        switch (name) {
            case "api_key":
            case "token":
            case "access_token":
            case "credentials":
                return true;
            default:
                return false;
        }
    }
}
