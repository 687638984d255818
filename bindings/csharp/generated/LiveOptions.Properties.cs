// Written by scripts/make_bindings.py. Do not edit.

namespace Gemlive
{
    public sealed partial class LiveOptions
    {
        /// <summary>The model's name; the flavour's default model when absent.</summary>
        /// <remarks>Takes effect in new sessions only.</remarks>
        public string Model
        {
            get { return GetText("model"); }
            set { SetText("model", value); }
        }

        /// <summary>The system instruction.</summary>
        /// <remarks>Takes effect at the end of the turn.</remarks>
        public string Instructions
        {
            get { return GetText("instructions"); }
            set { SetText("instructions", value); }
        }

        /// <summary>The prebuilt voice's name; case matters.</summary>
        /// <remarks>Default: "Puck". Takes effect at the end of the turn, by a new connection.</remarks>
        public string Voice
        {
            get { return GetText("voice"); }
            set { SetText("voice", value); }
        }

        /// <summary>BCP 47 code, such as de-DE; de_de, deu and german become one.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string Language
        {
            get { return GetText("language"); }
            set { SetText("language", value); }
        }

        /// <summary>What the model answers in: AUDIO or TEXT. As JSON text.</summary>
        /// <remarks>Default: ["AUDIO"]. Takes effect at the end of the turn, by a new connection.</remarks>
        public string Modalities
        {
            get { return GetJson("modalities"); }
            set { SetJson("modalities", value); }
        }

        /// <summary>The API's list of Tool, or a list of function declarations. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn.</remarks>
        public string ToolsJson
        {
            get { return GetJson("tools"); }
            set { SetJson("tools", value); }
        }

        /// <summary>Behavior of functions that name none.</summary>
        /// <remarks>Range: BLOCKING NON_BLOCKING. Takes effect at the end of the turn.</remarks>
        public string ToolBehavior
        {
            get { return GetText("tool_behavior"); }
            set { SetText("tool_behavior", value); }
        }

        /// <summary>none: the tools are kept, and the model hears of none.</summary>
        /// <remarks>Range: auto none. Default: "auto". Takes effect at the end of the turn.</remarks>
        public string ToolChoice
        {
            get { return GetText("tool_choice"); }
            set { SetText("tool_choice", value); }
        }

        /// <summary>Scheduling of answers that name none.</summary>
        /// <remarks>Range: SILENT WHEN_IDLE INTERRUPT. Takes effect at once.</remarks>
        public string ToolResponseScheduling
        {
            get { return GetText("tool_response_scheduling"); }
            set { SetText("tool_response_scheduling", value); }
        }

        /// <summary>Live models take 1.</summary>
        /// <remarks>Range: 1 to 8. Default: 1. Takes effect at the end of the turn, by a new connection.</remarks>
        public long? CandidateCount
        {
            get { return GetInt("candidate_count"); }
            set { SetInt("candidate_count", value); }
        }

        /// <summary>Sampling temperature.</summary>
        /// <remarks>Range: 0 to 2. Takes effect at the end of the turn, by a new connection.</remarks>
        public double? Temperature
        {
            get { return GetDouble("temperature"); }
            set { SetDouble("temperature", value); }
        }

        /// <summary>Bound on a turn's length.</summary>
        /// <remarks>Range: 1 to 1000000. Takes effect at the end of the turn, by a new connection.</remarks>
        public long? MaxOutputTokens
        {
            get { return GetInt("max_output_tokens"); }
            set { SetInt("max_output_tokens", value); }
        }

        /// <summary>Nucleus sampling.</summary>
        /// <remarks>Range: 0 to 1. Takes effect at the end of the turn, by a new connection.</remarks>
        public double? TopP
        {
            get { return GetDouble("top_p"); }
            set { SetDouble("top_p", value); }
        }

        /// <summary>Sampling among the k likeliest tokens.</summary>
        /// <remarks>Range: 1 to 1000. Takes effect at the end of the turn, by a new connection.</remarks>
        public long? TopK
        {
            get { return GetInt("top_k"); }
            set { SetInt("top_k", value); }
        }

        /// <summary>Against repeated topics.</summary>
        /// <remarks>Range: -2 to 2. Takes effect at the end of the turn, by a new connection.</remarks>
        public double? PresencePenalty
        {
            get { return GetDouble("presence_penalty"); }
            set { SetDouble("presence_penalty", value); }
        }

        /// <summary>Against repeated words.</summary>
        /// <remarks>Range: -2 to 2. Takes effect at the end of the turn, by a new connection.</remarks>
        public double? FrequencyPenalty
        {
            get { return GetDouble("frequency_penalty"); }
            set { SetDouble("frequency_penalty", value); }
        }

        /// <summary>Makes sampling repeatable.</summary>
        /// <remarks>Range: -2147483648 to 2147483647. Takes effect at the end of the turn, by a new connection.</remarks>
        public long? Seed
        {
            get { return GetInt("seed"); }
            set { SetInt("seed", value); }
        }

        /// <summary>Tokens an image takes.</summary>
        /// <remarks>Range: MEDIA_RESOLUTION_LOW MEDIA_RESOLUTION_MEDIUM MEDIA_RESOLUTION_HIGH. Takes effect at the end of the turn, by a new connection.</remarks>
        public string MediaResolution
        {
            get { return GetText("media_resolution"); }
            set { SetText("media_resolution", value); }
        }

        /// <summary>The API's ThinkingConfig. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string ThinkingConfig
        {
            get { return GetJson("thinking_config"); }
            set { SetJson("thinking_config", value); }
        }

        /// <summary>Of the translation models. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string TranslationConfig
        {
            get { return GetJson("translation_config"); }
            set { SetJson("translation_config", value); }
        }

        /// <summary>The model answers to the tone of the voice; uses API version v1alpha where that is needed.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public bool? EnableAffectiveDialog
        {
            get { return GetBool("enable_affective_dialog"); }
            set { SetBool("enable_affective_dialog", value); }
        }

        /// <summary>true: the model may stay silent; or the API's ProactivityConfig. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string Proactivity
        {
            get { return GetJson("proactivity"); }
            set { SetJson("proactivity", value); }
        }

        /// <summary>Transcripts of the user; null is off. As JSON text.</summary>
        /// <remarks>Default: {}. Takes effect at the end of the turn, by a new connection.</remarks>
        public string InputAudioTranscription
        {
            get { return GetJson("input_audio_transcription"); }
            set { SetJson("input_audio_transcription", value); }
        }

        /// <summary>Transcripts of the model; null is off. As JSON text.</summary>
        /// <remarks>Default: {}. Takes effect at the end of the turn, by a new connection.</remarks>
        public string OutputAudioTranscription
        {
            get { return GetJson("output_audio_transcription"); }
            set { SetJson("output_audio_transcription", value); }
        }

        /// <summary>The API's: VAD, activity handling. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string RealtimeInputConfig
        {
            get { return GetJson("realtime_input_config"); }
            set { SetJson("realtime_input_config", value); }
        }

        /// <summary>The API's. null is off: the service then ends a session after 15 minutes. As JSON text.</summary>
        /// <remarks>Default: {"slidingWindow":{}}. Takes effect at the end of the turn, by a new connection.</remarks>
        public string ContextWindowCompression
        {
            get { return GetJson("context_window_compression"); }
            set { SetJson("context_window_compression", value); }
        }

        /// <summary>{"handle": …} resumes an earlier session. As JSON text.</summary>
        /// <remarks>Default: {}. Takes effect at the end of the turn, by a new connection.</remarks>
        public string SessionResumption
        {
            get { return GetJson("session_resumption"); }
            set { SetJson("session_resumption", value); }
        }

        /// <summary>What was said before: items as get_chat_context gives them. As JSON text.</summary>
        /// <remarks>Takes effect in new sessions only.</remarks>
        public string ChatContext
        {
            get { return GetJson("chat_context"); }
            set { SetJson("chat_context", value); }
        }

        /// <summary>The API's. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string HistoryConfig
        {
            get { return GetJson("history_config"); }
            set { SetJson("history_config", value); }
        }

        /// <summary>The API's. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string SafetySettings
        {
            get { return GetJson("safety_settings"); }
            set { SetJson("safety_settings", value); }
        }

        /// <summary>Vertex: asks for voice activity messages.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public bool? ExplicitVadSignal
        {
            get { return GetBool("explicit_vad_signal"); }
            set { SetBool("explicit_vad_signal", value); }
        }

        /// <summary>Billing labels. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string Labels
        {
            get { return GetJson("labels"); }
            set { SetJson("labels", value); }
        }

        /// <summary>Merged into the setup message as it is, last. As JSON text.</summary>
        /// <remarks>Takes effect at the end of the turn, by a new connection.</remarks>
        public string Setup
        {
            get { return GetJson("setup"); }
            set { SetJson("setup", value); }
        }

        /// <summary>That these options are what gemlive_session_save gave, and in which form.</summary>
        /// <remarks>Range: gemlive-1. Takes effect in new sessions only.</remarks>
        public string Saved
        {
            get { return GetText("saved"); }
            set { SetText("saved", value); }
        }

        /// <summary>Else GOOGLE_API_KEY, else GEMINI_API_KEY.</summary>
        /// <remarks>Takes effect with the next connection. Secret: it is never shown.</remarks>
        public string ApiKey
        {
            get { return GetText("api_key"); }
            set { SetText("api_key", value); }
        }

        /// <summary>An ephemeral token, auth_tokens/….</summary>
        /// <remarks>Takes effect with the next connection. Secret: it is never shown.</remarks>
        public string Token
        {
            get { return GetText("token"); }
            set { SetText("token", value); }
        }

        /// <summary>Vertex: an OAuth access token.</summary>
        /// <remarks>Takes effect with the next connection. Secret: it is never shown.</remarks>
        public string AccessToken
        {
            get { return GetText("access_token"); }
            set { SetText("access_token", value); }
        }

        /// <summary>Vertex: what a credentials file of Google Cloud holds, of type service_account or authorized_user; else the file of GOOGLE_APPLICATION_CREDENTIALS, else that of gcloud's login, else the metadata server. As JSON text.</summary>
        /// <remarks>Takes effect with the next connection. Secret: it is never shown.</remarks>
        public string Credentials
        {
            get { return GetJson("credentials"); }
            set { SetJson("credentials", value); }
        }

        /// <summary>Vertex AI instead of the Gemini API; else GOOGLE_GENAI_USE_VERTEXAI.</summary>
        /// <remarks>Takes effect in new sessions only.</remarks>
        public bool? Vertexai
        {
            get { return GetBool("vertexai"); }
            set { SetBool("vertexai", value); }
        }

        /// <summary>Vertex: else GOOGLE_CLOUD_PROJECT.</summary>
        /// <remarks>Takes effect in new sessions only.</remarks>
        public string Project
        {
            get { return GetText("project"); }
            set { SetText("project", value); }
        }

        /// <summary>Vertex: else GOOGLE_CLOUD_LOCATION, else us-central1.</summary>
        /// <remarks>Takes effect in new sessions only.</remarks>
        public string Location
        {
            get { return GetText("location"); }
            set { SetText("location", value); }
        }

        /// <summary>Else GOOGLE_GENAI_API_VERSION, else v1beta (Gemini) or v1beta1 (Vertex).</summary>
        /// <remarks>Takes effect with the next connection.</remarks>
        public string ApiVersion
        {
            get { return GetText("api_version"); }
            set { SetText("api_version", value); }
        }

        /// <summary>Else GOOGLE_GEMINI_BASE_URL or GOOGLE_VERTEX_BASE_URL.</summary>
        /// <remarks>Takes effect with the next connection.</remarks>
        public string BaseUrl
        {
            get { return GetText("base_url"); }
            set { SetText("base_url", value); }
        }

        /// <summary>More headers for the upgrade; their values are not shown. As JSON text.</summary>
        /// <remarks>Takes effect with the next connection.</remarks>
        public string Headers
        {
            get { return GetJson("headers"); }
            set { SetJson("headers", value); }
        }

        /// <summary>PEM file of trusted roots; else SSL_CERT_FILE, else the system's.</summary>
        /// <remarks>Takes effect with the next connection.</remarks>
        public string CaFile
        {
            get { return GetText("ca_file"); }
            set { SetText("ca_file", value); }
        }

        /// <summary>Folder of trusted roots; else SSL_CERT_DIR, else the system's.</summary>
        /// <remarks>Takes effect with the next connection.</remarks>
        public string CaDir
        {
            get { return GetText("ca_dir"); }
            set { SetText("ca_dir", value); }
        }

        /// <summary>Trusted roots themselves.</summary>
        /// <remarks>Takes effect with the next connection.</remarks>
        public string CaPem
        {
            get { return GetText("ca_pem"); }
            set { SetText("ca_pem", value); }
        }

        /// <summary>Lets ws:// go beyond loopback.</summary>
        /// <remarks>Default: false. Takes effect with the next connection.</remarks>
        public bool? AllowPlaintext
        {
            get { return GetBool("allow_plaintext"); }
            set { SetBool("allow_plaintext", value); }
        }

        /// <summary>Rows of the capability table that replace the built-in ones. As JSON text.</summary>
        /// <remarks>Takes effect in new sessions only.</remarks>
        public string ModelTable
        {
            get { return GetJson("model_table"); }
            set { SetJson("model_table", value); }
        }

        /// <summary>For all steps of a connection together.</summary>
        /// <remarks>Range: 1 to 86400000. Default: 10000. Takes effect with the next connection.</remarks>
        public long? ConnectTimeoutMs
        {
            get { return GetInt("connect_timeout_ms"); }
            set { SetInt("connect_timeout_ms", value); }
        }

        /// <summary>Attempts in a row that may fail; absent: as many as outage_budget_ms has time for.</summary>
        /// <remarks>Range: 0 to 1000000. Takes effect at once.</remarks>
        public long? MaxRetries
        {
            get { return GetInt("max_retries"); }
            set { SetInt("max_retries", value); }
        }

        /// <summary>Longest wait before an attempt; waits begin at 100 ms and double with the attempts of a minute, half of each by chance.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 8000. Takes effect at once.</remarks>
        public long? RetryIntervalMs
        {
            get { return GetInt("retry_interval_ms"); }
            set { SetInt("retry_interval_ms", value); }
        }

        /// <summary>How long it is tried without a connection that was useful: on which a turn finished, or that lived 5 s.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 60000. Takes effect at once.</remarks>
        public long? OutageBudgetMs
        {
            get { return GetInt("outage_budget_ms"); }
            set { SetInt("outage_budget_ms", value); }
        }

        /// <summary>From the written request to the first output.</summary>
        /// <remarks>Range: 1 to 86400000. Default: 10000. Takes effect at once.</remarks>
        public long? ReplyTimeoutMs
        {
            get { return GetInt("reply_timeout_ms"); }
            set { SetInt("reply_timeout_ms", value); }
        }

        /// <summary>How long the network may leave unacknowledged what was sent to it, until the connection counts as dead.</summary>
        /// <remarks>Range: 1 to 86400000. Default: 10000. Takes effect at once.</remarks>
        public long? LivenessTimeoutMs
        {
            get { return GetInt("liveness_timeout_ms"); }
            set { SetInt("liveness_timeout_ms", value); }
        }

        /// <summary>How long the answer to a ping may take, until the connection counts as dead.</summary>
        /// <remarks>Range: 1 to 86400000. Default: 60000. Takes effect at once.</remarks>
        public long? PongTimeoutMs
        {
            get { return GetInt("pong_timeout_ms"); }
            set { SetInt("pong_timeout_ms", value); }
        }

        /// <summary>Silence after which the server is pinged; 0: never.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 10000. Takes effect at once.</remarks>
        public long? PingIntervalMs
        {
            get { return GetInt("ping_interval_ms"); }
            set { SetInt("ping_interval_ms", value); }
        }

        /// <summary>Tokens after which the session ends, its code GEMLIVE_ERROR_QUOTA; 0: any number.</summary>
        /// <remarks>Range: 0 to 1000000000000. Default: 0. Takes effect at once.</remarks>
        public long? BudgetTokens
        {
            get { return GetInt("budget_tokens"); }
            set { SetInt("budget_tokens", value); }
        }

        /// <summary>Time since the first connection after which it ends so; 0: any.</summary>
        /// <remarks>Range: 0 to 2592000000. Default: 0. Takes effect at once.</remarks>
        public long? BudgetMs
        {
            get { return GetInt("budget_ms"); }
            set { SetInt("budget_ms", value); }
        }

        /// <summary>Of a budget, after which an error that is not fatal warns.</summary>
        /// <remarks>Range: 1 to 100. Default: 80. Takes effect at once.</remarks>
        public long? BudgetWarningPercent
        {
            get { return GetInt("budget_warning_percent"); }
            set { SetInt("budget_warning_percent", value); }
        }

        /// <summary>How long the application may take for a tool call, until the model is told that no answer comes; 0: any time.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 0. Takes effect at once.</remarks>
        public long? ToolCallTimeoutMs
        {
            get { return GetInt("tool_call_timeout_ms"); }
            set { SetInt("tool_call_timeout_ms", value); }
        }

        /// <summary>How long a change waits for tool calls that nobody answers; 0: as long as they are open.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 30000. Takes effect at once.</remarks>
        public long? UpdateWaitMs
        {
            get { return GetInt("update_wait_ms"); }
            set { SetInt("update_wait_ms", value); }
        }

        /// <summary>Silence in a turn that is reported as stalled; 0: never.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 10000. Takes effect at once.</remarks>
        public long? StallTimeoutMs
        {
            get { return GetInt("stall_timeout_ms"); }
            set { SetInt("stall_timeout_ms", value); }
        }

        /// <summary>Late pieces of an input transcript join it so long.</summary>
        /// <remarks>Range: 0 to 60000. Default: 1000. Takes effect at once.</remarks>
        public long? TranscriptGraceMs
        {
            get { return GetInt("transcript_grace_ms"); }
            set { SetInt("transcript_grace_ms", value); }
        }

        /// <summary>How long output of an interrupted turn is dropped.</summary>
        /// <remarks>Range: 0 to 60000. Default: 3000. Takes effect at once.</remarks>
        public long? InterruptGraceMs
        {
            get { return GetInt("interrupt_grace_ms"); }
            set { SetInt("interrupt_grace_ms", value); }
        }

        /// <summary>After a go-away: with less time left a turn is cut.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 1000. Takes effect at once.</remarks>
        public long? HandoverMinMs
        {
            get { return GetInt("handover_min_ms"); }
            set { SetInt("handover_min_ms", value); }
        }

        /// <summary>What close may take.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 5000. Takes effect at once.</remarks>
        public long? DrainTimeoutMs
        {
            get { return GetInt("drain_timeout_ms"); }
            set { SetInt("drain_timeout_ms", value); }
        }

        /// <summary>Unsent audio that is kept.</summary>
        /// <remarks>Range: 250 to 3600000. Default: 15000. Takes effect at once.</remarks>
        public long? JournalMs
        {
            get { return GetInt("journal_ms"); }
            set { SetInt("journal_ms", value); }
        }

        /// <summary>What was sent so long before a lost server's last sign of life is sent again.</summary>
        /// <remarks>Range: 0 to 60000. Default: 2000. Takes effect at once.</remarks>
        public long? ReplayMs
        {
            get { return GetInt("replay_ms"); }
            set { SetInt("replay_ms", value); }
        }

        /// <summary>Whether a server that cannot resume the conversation is told what was said.</summary>
        /// <remarks>Range: on off. Default: "on". Takes effect at once.</remarks>
        public string Reseed
        {
            get { return GetText("reseed"); }
            set { SetText("reseed", value); }
        }

        /// <summary>Age at which a packet under 50 ms is sent.</summary>
        /// <remarks>Range: 1 to 10000. Default: 100. Takes effect at once.</remarks>
        public long? PartialPacketMs
        {
            get { return GetInt("partial_packet_ms"); }
            set { SetInt("partial_packet_ms", value); }
        }

        /// <summary>How long the microphone gives nothing until a server that detects speech is told that the stream has ended.</summary>
        /// <remarks>Range: 20 to 60000. Default: 1000. Takes effect at once.</remarks>
        public long? StreamPauseMs
        {
            get { return GetInt("stream_pause_ms"); }
            set { SetInt("stream_pause_ms", value); }
        }

        /// <summary>What becomes of unsent audio when a connection was lost, and of what push_audio takes until the next one: kept and sent, or discarded and counted.</summary>
        /// <remarks>Range: keep discard. Default: "keep". Takes effect at once.</remarks>
        public string OutageAudio
        {
            get { return GetText("outage_audio"); }
            set { SetText("outage_audio", value); }
        }

        /// <summary>Where the server's VAD is off: whether audio outside of an activity is held back.</summary>
        /// <remarks>Range: on off. Default: "on". Takes effect at once.</remarks>
        public string ActivityGate
        {
            get { return GetText("activity_gate"); }
            set { SetText("activity_gate", value); }
        }

        /// <summary>Where the server's VAD is off: whether the voice in the microphone begins and ends activities by itself. on needs voice_detection.</summary>
        /// <remarks>Range: on off. Default: "off". Takes effect at once.</remarks>
        public string AutomaticActivity
        {
            get { return GetText("automatic_activity"); }
            set { SetText("automatic_activity", value); }
        }

        /// <summary>Audio from before the start of an activity that is sent with it.</summary>
        /// <remarks>Range: 0 to 10000. Default: 300. Takes effect at once.</remarks>
        public long? PrerollMs
        {
            get { return GetInt("preroll_ms"); }
            set { SetInt("preroll_ms", value); }
        }

        /// <summary>How frames of push_video are encoded: format JPEG or PNG, quality 75, width and height 1024, strategy scale_aspect_fit, scale_aspect_cover, center_aspect_fit, center_aspect_cover or skew; none enlarges. As JSON text.</summary>
        /// <remarks>Default: {}. Takes effect at once.</remarks>
        public string ImageEncodeOptions
        {
            get { return GetJson("image_encode_options"); }
            set { SetJson("image_encode_options", value); }
        }

        /// <summary>Time between frames of push_video that are sent, while the user speaks; of those pushed meanwhile the newest.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 1000. Takes effect at once.</remarks>
        public long? VideoIntervalMs
        {
            get { return GetInt("video_interval_ms"); }
            set { SetInt("video_interval_ms", value); }
        }

        /// <summary>The same while nobody says that the user speaks.</summary>
        /// <remarks>Range: 0 to 86400000. Default: 3000. Takes effect at once.</remarks>
        public long? VideoIdleIntervalMs
        {
            get { return GetInt("video_idle_interval_ms"); }
            set { SetInt("video_idle_interval_ms", value); }
        }

        /// <summary>Whether voice is looked for in the microphone: it makes speech events where the server sends none, dates the end of speech, and a hand-over waits for it. on is refused by a library that was built without a detector.</summary>
        /// <remarks>Range: on off. Default: "on". Takes effect at once.</remarks>
        public string VoiceDetection
        {
            get { return GetText("voice_detection"); }
            set { SetText("voice_detection", value); }
        }

        /// <summary>Network threads of the process, at least; sessions take turns. Of a model.</summary>
        /// <remarks>Range: 1 to 64. Default: 1. Takes effect in new sessions only.</remarks>
        public long? IoThreads
        {
            get { return GetInt("io_threads"); }
            set { SetInt("io_threads", value); }
        }

        /// <summary>What push_audio has room for.</summary>
        /// <remarks>Range: 20 to 10000. Default: 250. Takes effect in new sessions only.</remarks>
        public long? InputRingMs
        {
            get { return GetInt("input_ring_ms"); }
            set { SetInt("input_ring_ms", value); }
        }

        /// <summary>Commands that may wait to be sent.</summary>
        /// <remarks>Range: 1 to 1000000. Default: 1024. Takes effect in new sessions only.</remarks>
        public long? CommandQueue
        {
            get { return GetInt("command_queue"); }
            set { SetInt("command_queue", value); }
        }

        /// <summary>What they may hold together; one is always taken.</summary>
        /// <remarks>Range: 1024 to 1073741824. Default: 33554432. Takes effect in new sessions only.</remarks>
        public long? CommandQueueBytes
        {
            get { return GetInt("command_queue_bytes"); }
            set { SetInt("command_queue_bytes", value); }
        }

        /// <summary>What of the conversation is kept for get_chat_context; then the oldest goes.</summary>
        /// <remarks>Range: 1024 to 1073741824. Default: 4194304. Takes effect in new sessions only.</remarks>
        public long? ChatContextBytes
        {
            get { return GetInt("chat_context_bytes"); }
            set { SetInt("chat_context_bytes", value); }
        }

        /// <summary>Events that may wait; past it audio is dropped, then the session closes.</summary>
        /// <remarks>Range: 16 to 100000000. Default: 65536. Takes effect in new sessions only.</remarks>
        public long? EventQueue
        {
            get { return GetInt("event_queue"); }
            set { SetInt("event_queue", value); }
        }

        /// <summary>The same bound in bytes of memory.</summary>
        /// <remarks>Range: 65536 to 4294967296. Default: 67108864. Takes effect in new sessions only.</remarks>
        public long? EventQueueBytes
        {
            get { return GetInt("event_queue_bytes"); }
            set { SetInt("event_queue_bytes", value); }
        }

        /// <summary>Events go into the model's queue; not those of a session with a callback.</summary>
        /// <remarks>Default: false. Takes effect in new sessions only.</remarks>
        public bool? ShareEvents
        {
            get { return GetBool("share_events"); }
            set { SetBool("share_events", value); }
        }

        /// <summary>Largest server message.</summary>
        /// <remarks>Range: 65536 to 1073741824. Default: 33554432. Takes effect with the next connection.</remarks>
        public long? MaxMessageBytes
        {
            get { return GetInt("max_message_bytes"); }
            set { SetInt("max_message_bytes", value); }
        }

        /// <summary>audio events: auto is on until playout is used.</summary>
        /// <remarks>Range: auto on off. Default: "auto". Takes effect in new sessions only.</remarks>
        public string AudioEvents
        {
            get { return GetText("audio_events"); }
            set { SetText("audio_events", value); }
        }

        /// <summary>What has to wait before a turn begins to play.</summary>
        /// <remarks>Range: 0 to 10000. Default: 0. Takes effect in new sessions only.</remarks>
        public long? PlayoutPrebufferMs
        {
            get { return GetInt("playout_prebuffer_ms"); }
            set { SetInt("playout_prebuffer_ms", value); }
        }

        /// <summary>Most that waits to be played; then the oldest goes.</summary>
        /// <remarks>Range: 1000 to 3600000. Default: 300000. Takes effect in new sessions only.</remarks>
        public long? PlayoutMs
        {
            get { return GetInt("playout_ms"); }
            set { SetInt("playout_ms", value); }
        }

        /// <summary>high: always libsamplerate.</summary>
        /// <remarks>Range: standard high. Default: "standard". Takes effect in new sessions only.</remarks>
        public string ResamplerQuality
        {
            get { return GetText("resampler_quality"); }
            set { SetText("resampler_quality", value); }
        }
    }
}
