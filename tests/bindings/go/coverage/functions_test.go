package coverage

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

// internal says what the binding itself does with a function that no user calls.
type internal string

const events = internal("reads an event's field when the event is taken, in internal/direct")

// Each function of the C headers, and what a Go program has for it.
var functions = map[string]any{
	"gemlive_session_set_input_format":  (*gemlive.Session).SetInputFormat,
	"gemlive_session_set_output_format": (*gemlive.Session).SetOutputFormat,
	"gemlive_session_push_audio_s16":    (*gemlive.Session).PushAudio,
	"gemlive_session_push_audio":        (*gemlive.Session).PushPlanarAudio,
	"gemlive_session_push_audio_f32":    (*gemlive.Session).PushAudioFloat,
	"gemlive_session_write_audio_s16":   (*gemlive.Session).WriteAudio,
	"gemlive_session_write_audio_f32":   (*gemlive.Session).WriteAudioFloat,
	"gemlive_session_read_audio_s16":    (*gemlive.Session).ReadAudio,
	"gemlive_session_read_audio_f32":    (*gemlive.Session).ReadAudioFloat,
	"gemlive_session_input_peak":        (*gemlive.Session).InputPeak,
	"gemlive_session_input_rms":         (*gemlive.Session).InputRMS,
	"gemlive_session_queued_audio_us":   (*gemlive.Session).QueuedAudio,

	"gemlive_event_type":              gemlive.Event.Type,
	"gemlive_event_type_name":         gemlive.Event.Type,
	"gemlive_event_session":           gemlive.Event.Session,
	"gemlive_event_seq":               gemlive.Event.Seq,
	"gemlive_event_time_ms":           gemlive.Event.TimeMS,
	"gemlive_event_connection":        gemlive.Event.Connection,
	"gemlive_event_turn":              gemlive.TurnStarted{}.Turn,
	"gemlive_event_request":           gemlive.TurnStarted{}.Request,
	"gemlive_event_utterance":         gemlive.SpeechStarted{}.Utterance,
	"gemlive_event_text":              gemlive.Text{}.Text,
	"gemlive_event_transcript":        gemlive.TurnFinished{}.Transcript,
	"gemlive_event_is_final":          gemlive.InputTranscript{}.Final,
	"gemlive_event_audio_s16":         gemlive.Audio{}.Samples,
	"gemlive_event_sample_rate":       gemlive.Audio{}.SampleRate,
	"gemlive_event_channels":          gemlive.Audio{}.Channels,
	"gemlive_event_offset_frames":     gemlive.Audio{}.OffsetFrames,
	"gemlive_event_bytes":             gemlive.Media{}.Data,
	"gemlive_event_mime_type":         gemlive.Media{}.MIMEType,
	"gemlive_event_call":              gemlive.ToolCall{}.Call,
	"gemlive_event_name":              gemlive.ToolCall{}.Name,
	"gemlive_event_arguments":         gemlive.ToolCall{}.Arguments,
	"gemlive_event_call_count":        gemlive.ToolCallsCancelled{}.Calls,
	"gemlive_event_call_at":           gemlive.ToolCallsCancelled{}.Calls,
	"gemlive_event_cause":             gemlive.Connecting{}.Cause,
	"gemlive_event_close_reason":      gemlive.Disconnected{}.CloseReason,
	"gemlive_event_resumption_handle": gemlive.ResumptionUpdated{}.Handle,
	"gemlive_event_reason":            gemlive.TurnFinished{}.Reason,
	"gemlive_event_code":              gemlive.ErrorEvent{}.Status,
	"gemlive_event_message":           gemlive.ErrorEvent{}.Message,
	"gemlive_event_is_fatal":          gemlive.ErrorEvent{}.Fatal,
	"gemlive_event_is_retryable":      gemlive.ErrorEvent{}.Retryable,
	"gemlive_event_close_code":        gemlive.Disconnected{}.CloseCode,
	"gemlive_event_http_status":       gemlive.ErrorEvent{}.HTTPStatus,
	"gemlive_event_heard_ms":          gemlive.TurnFinished{}.HeardMS,
	"gemlive_event_generated_ms":      gemlive.TurnFinished{}.GeneratedMS,
	"gemlive_event_json":              gemlive.Event.JSON,
	"gemlive_event_server_message":    gemlive.Event.ServerMessage,
	"gemlive_event_field":             events,
	"gemlive_event_field_int":         events,
	"gemlive_event_field_double":      events,
	"gemlive_event_has_field":         events,
	"gemlive_event_retain":            internal("events are values: they are kept by keeping them"),
	"gemlive_event_release":           internal("each event is released as soon as it was read"),

	"gemlive_model_create":  gemlive.NewModel,
	"gemlive_model_close":   (*gemlive.Model).Finish,
	"gemlive_model_destroy": (*gemlive.Model).Close,

	"gemlive_model_poll_event":  (*gemlive.Model).Next,
	"gemlive_model_dispatch":    (*gemlive.Model).Events,
	"gemlive_model_wake":        internal("a context ends a wait"),
	"gemlive_model_set_wakeup":  internal("no C thread calls into Go: the wait handle is in the runtime's poller"),
	"gemlive_model_wait_handle": internal("what Next waits on"),

	"gemlive_options_create":           internal("options live for the length of NewModel and StartSession"),
	"gemlive_options_destroy":          internal("options live for the length of NewModel and StartSession"),
	"gemlive_options_set_string":       internal("set_string_n takes a text with its length"),
	"gemlive_options_set_string_n":     gemlive.WithOption,
	"gemlive_options_set_int":          gemlive.WithMaxRetries,
	"gemlive_options_set_double":       gemlive.WithTemperature,
	"gemlive_options_set_json":         gemlive.WithOptionJSON,
	"gemlive_options_from_json":        gemlive.WithJSON,
	"gemlive_options_set_model":        gemlive.WithModel,
	"gemlive_options_set_api_key":      gemlive.WithAPIKey,
	"gemlive_options_set_instructions": gemlive.WithInstructions,
	"gemlive_options_set_voice":        gemlive.WithVoice,
	"gemlive_options_set_tools":        gemlive.WithTools,

	"gemlive_session_create":                (*gemlive.Model).StartSession,
	"gemlive_session_create_with_callback":  internal("no C thread calls into Go: events are taken from the queue"),
	"gemlive_session_close":                 internal("close_json says the same with drain and timeout_ms"),
	"gemlive_session_close_json":            (*gemlive.Session).Finish,
	"gemlive_session_destroy":               (*gemlive.Session).Close,
	"gemlive_session_state":                 (*gemlive.Session).State,
	"gemlive_session_set_user_data":         internal("closures and maps hold what belongs to a session"),
	"gemlive_session_user_data":             internal("closures and maps hold what belongs to a session"),
	"gemlive_session_poll_event":            (*gemlive.Session).Next,
	"gemlive_session_dispatch":              (*gemlive.Session).Events,
	"gemlive_session_wake":                  internal("a context ends a wait"),
	"gemlive_session_set_wakeup":            internal("no C thread calls into Go: the wait handle is in the runtime's poller"),
	"gemlive_session_wait_handle":           internal("what Next waits on"),
	"gemlive_session_send_text":             internal("send_text_n takes a text with its length"),
	"gemlive_session_send_text_n":           (*gemlive.Session).SendText,
	"gemlive_session_send_text_json":        (*gemlive.Session).AddText,
	"gemlive_session_generate_reply":        internal("generate_reply_n takes instructions with their length"),
	"gemlive_session_generate_reply_n":      (*gemlive.Session).GenerateReply,
	"gemlive_session_generate_reply_json":   (*gemlive.Session).GenerateReply,
	"gemlive_session_tool_response":         (*gemlive.Session).Respond,
	"gemlive_session_tool_response_json":    (*gemlive.Session).ToolResponse,
	"gemlive_session_interrupt":             (*gemlive.Session).Interrupt,
	"gemlive_session_start_user_activity":   (*gemlive.Session).StartUserActivity,
	"gemlive_session_end_user_activity":     (*gemlive.Session).EndUserActivity,
	"gemlive_session_audio_stream_end":      (*gemlive.Session).AudioStreamEnd,
	"gemlive_session_commit_audio":          (*gemlive.Session).CommitAudio,
	"gemlive_session_clear_audio":           (*gemlive.Session).ClearAudio,
	"gemlive_session_mute":                  (*gemlive.Session).Mute,
	"gemlive_session_update_instructions":   internal("update_instructions_n takes a text with its length"),
	"gemlive_session_update_instructions_n": (*gemlive.Session).UpdateInstructions,
	"gemlive_session_update_tools":          (*gemlive.Session).UpdateTools,
	"gemlive_session_update_options":        (*gemlive.Session).UpdateOptions,
	"gemlive_session_update_options_json":   (*gemlive.Session).UpdateOptionsJSON,
	"gemlive_model_update_options":          (*gemlive.Model).UpdateOptions,
	"gemlive_model_update_options_json":     (*gemlive.Model).UpdateOptionsJSON,
	"gemlive_session_push_image":            (*gemlive.Session).PushImage,
	"gemlive_session_push_video":            (*gemlive.Session).PushVideo,
	"gemlive_session_send_raw":              (*gemlive.Session).SendRaw,
	"gemlive_session_update_chat_context":   (*gemlive.Session).UpdateChatContext,
	"gemlive_session_truncate":              (*gemlive.Session).Truncate,
	"gemlive_session_get_chat_context":      (*gemlive.Session).ChatContext,
	"gemlive_session_save":                  (*gemlive.Session).Save,
	"gemlive_session_get_open_calls":        (*gemlive.Session).OpenCalls,
	"gemlive_session_get_tools":             (*gemlive.Session).Tools,
	"gemlive_session_get_capabilities":      (*gemlive.Session).Capabilities,

	"gemlive_version_number":     gemlive.VersionNumber,
	"gemlive_version_string":     gemlive.Version,
	"gemlive_has_feature":        gemlive.HasFeature,
	"gemlive_status_name":        gemlive.Status.String,
	"gemlive_last_error_message": internal("comes with the status, as Error.Message: a goroutine may change threads"),
	"gemlive_json_quote":         internal("Go has encoding/json"),
	"gemlive_live_object_count":  gemlive.LiveObjects,
	"gemlive_destroy_all":        gemlive.DestroyAll,
	"gemlive_shutdown":           gemlive.Shutdown,
}

var declaration = regexp.MustCompile(`GEMLIVE_CALL\s+(gemlive_\w+)\(`)

func TestEveryFunctionHasAPlaceInGo(t *testing.T) {
	headers, err := filepath.Glob(filepath.Join(support.Root(), "include", "gemlive", "*.h"))
	if err != nil || len(headers) == 0 {
		t.Fatalf("no headers, %v", err)
	}
	declared := map[string]bool{}
	for _, header := range headers {
		text, err := os.ReadFile(header)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range declaration.FindAllSubmatch(text, -1) {
			declared[string(match[1])] = true
		}
	}
	for name := range declared {
		if place, ok := functions[name]; !ok || place == internal("") {
			t.Errorf("%s has no place in Go", name)
		}
	}
	for name := range functions {
		if !declared[name] {
			t.Errorf("%s is in no header", name)
		}
	}
}

func TestVersionAndStatusNames(t *testing.T) {
	if gemlive.Version() == "" || gemlive.VersionNumber() < 100 {
		t.Errorf("version %q, %d", gemlive.Version(), gemlive.VersionNumber())
	}
	if gemlive.StatusQuota.String() != "GEMLIVE_ERROR_QUOTA" || gemlive.Status(-999).String() != "GEMLIVE_ERROR_INTERNAL" {
		t.Errorf("%v, %v", gemlive.StatusQuota, gemlive.Status(-999))
	}
}
