// Written by scripts/make_bindings.py. Do not edit.
#ifndef GEMLIVE_GO_EVENT_FIELDS_H
#define GEMLIVE_GO_EVENT_FIELDS_H

enum direct_kind { DIRECT_TEXT, DIRECT_NUMBER, DIRECT_DOUBLE, DIRECT_TURN, DIRECT_REQUEST, DIRECT_UTTERANCE };

struct direct_field {
	const char *name;
	enum direct_kind kind;
};

#define DIRECT_MOST_FIELDS 14

static const struct direct_field direct_connecting[] = {
	{"attempt", DIRECT_NUMBER},
	{"cause", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_connected[] = {
	{"cause", DIRECT_TEXT},
	{"restored", DIRECT_TEXT},
	{"resent", DIRECT_TEXT},
	{"outage_ms", DIRECT_NUMBER},
	{"session_id", DIRECT_TEXT},
	{"steps_ms", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_disconnected[] = {
	{"close_code", DIRECT_NUMBER},
	{"close_reason", DIRECT_TEXT},
	{"cause", DIRECT_TEXT},
	{"code", DIRECT_TEXT},
	{"message", DIRECT_TEXT},
	{"will_retry", DIRECT_NUMBER},
	{"retry_in_ms", DIRECT_NUMBER},
	{"attempt", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_go_away[] = {
	{"time_left_ms", DIRECT_NUMBER},
	{"plan", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_resumption_updated[] = {
	{"resumable", DIRECT_NUMBER},
	{"age_ms", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_speech_started[] = {
	{"utterance", DIRECT_UTTERANCE},
	{"source", DIRECT_TEXT},
	{"offset_ms", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_speech_stopped[] = {
	{"utterance", DIRECT_UTTERANCE},
	{"source", DIRECT_TEXT},
	{"offset_ms", DIRECT_NUMBER},
	{"user_transcription", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_input_transcript[] = {
	{"utterance", DIRECT_UTTERANCE},
	{"text", DIRECT_TEXT},
	{"transcript", DIRECT_TEXT},
	{"final", DIRECT_NUMBER},
	{"interim", DIRECT_NUMBER},
	{"correction", DIRECT_NUMBER},
	{"words", DIRECT_TEXT},
	{"language", DIRECT_TEXT},
	{"speaker", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_turn_started[] = {
	{"turn", DIRECT_TURN},
	{"trigger", DIRECT_TEXT},
	{"request", DIRECT_REQUEST},
	{"utterance", DIRECT_UTTERANCE},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_text[] = {
	{"turn", DIRECT_TURN},
	{"text", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_thought[] = {
	{"turn", DIRECT_TURN},
	{"text", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_output_transcript[] = {
	{"turn", DIRECT_TURN},
	{"text", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_audio[] = {
	{"turn", DIRECT_TURN},
	{"frames", DIRECT_NUMBER},
	{"sample_rate", DIRECT_NUMBER},
	{"channels", DIRECT_NUMBER},
	{"offset_frames", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_media[] = {
	{"turn", DIRECT_TURN},
	{"mime_type", DIRECT_TEXT},
	{"bytes", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_generation_complete[] = {
	{"turn", DIRECT_TURN},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_interrupted[] = {
	{"turn", DIRECT_TURN},
	{"by", DIRECT_TEXT},
	{"heard_ms", DIRECT_NUMBER},
	{"flushed_ms", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_turn_finished[] = {
	{"turn", DIRECT_TURN},
	{"request", DIRECT_REQUEST},
	{"reason", DIRECT_TEXT},
	{"server_reason", DIRECT_TEXT},
	{"heard_ms", DIRECT_NUMBER},
	{"generated_ms", DIRECT_NUMBER},
	{"transcript", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_playout_finished[] = {
	{"turn", DIRECT_TURN},
	{"heard_ms", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_tool_call[] = {
	{"turn", DIRECT_TURN},
	{"call", DIRECT_TEXT},
	{"name", DIRECT_TEXT},
	{"arguments", DIRECT_TEXT},
	{"behavior", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_tool_calls_cancelled[] = {
	{"turn", DIRECT_TURN},
	{"calls", DIRECT_TEXT},
	{"origin", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_reply_failed[] = {
	{"request", DIRECT_REQUEST},
	{"reason", DIRECT_TEXT},
	{"message", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_usage[] = {
	{"turn", DIRECT_TURN},
	{"prompt_tokens", DIRECT_NUMBER},
	{"response_tokens", DIRECT_NUMBER},
	{"total_tokens", DIRECT_NUMBER},
	{"cached_tokens", DIRECT_NUMBER},
	{"thoughts_tokens", DIRECT_NUMBER},
	{"tool_use_tokens", DIRECT_NUMBER},
	{"by_modality", DIRECT_TEXT},
	{"session_totals", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_turn_metrics[] = {
	{"turn", DIRECT_TURN},
	{"request", DIRECT_REQUEST},
	{"first_byte_ms", DIRECT_NUMBER},
	{"first_audio_ms", DIRECT_NUMBER},
	{"generation_ms", DIRECT_NUMBER},
	{"turn_ms", DIRECT_NUMBER},
	{"tokens_per_second", DIRECT_DOUBLE},
	{"interrupted", DIRECT_NUMBER},
	{"prompt_tokens", DIRECT_NUMBER},
	{"response_tokens", DIRECT_NUMBER},
	{"total_tokens", DIRECT_NUMBER},
	{"cached_tokens", DIRECT_NUMBER},
	{"thoughts_tokens", DIRECT_NUMBER},
	{"tool_use_tokens", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_grounding[] = {
	{"turn", DIRECT_TURN},
	{"raw", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_code[] = {
	{"turn", DIRECT_TURN},
	{"raw", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_url_context[] = {
	{"turn", DIRECT_TURN},
	{"raw", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_interaction_status[] = {
	{"turn", DIRECT_TURN},
	{"value", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_waiting_for_input[] = {
	{"turn", DIRECT_TURN},
	{"value", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_stalled[] = {
	{"turn", DIRECT_TURN},
	{"phase", DIRECT_TEXT},
	{"silent_ms", DIRECT_NUMBER},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_dropped[] = {
	{"turn", DIRECT_TURN},
	{"what", DIRECT_TEXT},
	{"amount", DIRECT_NUMBER},
	{"unit", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_not_applied[] = {
	{"what", DIRECT_TEXT},
	{"why", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_error[] = {
	{"turn", DIRECT_TURN},
	{"code", DIRECT_TEXT},
	{"message", DIRECT_TEXT},
	{"step", DIRECT_TEXT},
	{"call", DIRECT_TEXT},
	{"fatal", DIRECT_NUMBER},
	{"retryable", DIRECT_NUMBER},
	{"http_status", DIRECT_NUMBER},
	{"close_code", DIRECT_NUMBER},
	{"close_reason", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_server_message[] = {
	{"raw", DIRECT_TEXT},
	{0, DIRECT_TEXT}};
static const struct direct_field direct_closed[] = {
	{"reason", DIRECT_TEXT},
	{"code", DIRECT_TEXT},
	{"message", DIRECT_TEXT},
	{"totals", DIRECT_TEXT},
	{0, DIRECT_TEXT}};

// By enum gemlive_event_type_code.
static const struct direct_field *const direct_events[] = {
	[1] = direct_connecting,
	[2] = direct_connected,
	[3] = direct_disconnected,
	[4] = direct_go_away,
	[5] = direct_resumption_updated,
	[6] = direct_speech_started,
	[7] = direct_speech_stopped,
	[8] = direct_input_transcript,
	[9] = direct_turn_started,
	[10] = direct_text,
	[11] = direct_thought,
	[12] = direct_output_transcript,
	[13] = direct_audio,
	[14] = direct_media,
	[15] = direct_generation_complete,
	[16] = direct_interrupted,
	[17] = direct_turn_finished,
	[18] = direct_playout_finished,
	[19] = direct_tool_call,
	[20] = direct_tool_calls_cancelled,
	[21] = direct_reply_failed,
	[22] = direct_usage,
	[23] = direct_turn_metrics,
	[24] = direct_grounding,
	[25] = direct_code,
	[26] = direct_url_context,
	[27] = direct_interaction_status,
	[28] = direct_waiting_for_input,
	[29] = direct_stalled,
	[30] = direct_dropped,
	[31] = direct_not_applied,
	[32] = direct_error,
	[33] = direct_server_message,
	[34] = direct_closed,
};

#endif
