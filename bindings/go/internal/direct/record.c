#include "record.h"

#include <math.h>
#include <string.h>

static const char present[] = "";

static struct direct_value text_value(const gemlive_event *event, const char *name)
{
	size_t length = 0;
	struct direct_value value;
	value.text = gemlive_event_field(event, name, &length);
	value.number = (int64_t)length;
	// C gives "" for an absent field, too.
	if (length == 0 && !gemlive_event_has_field(event, name)) {
		value.text = NULL;
	}
	return value;
}

static struct direct_value number_value(const gemlive_event *event, const char *name)
{
	const struct direct_value value = {present, gemlive_event_field_int(event, name, INT64_MIN)};
	const struct direct_value absent = {NULL, 0};
	return value.number == INT64_MIN ? absent : value;
}

static struct direct_value double_value(const gemlive_event *event, const char *name)
{
	const double number = gemlive_event_field_double(event, name, NAN);
	struct direct_value value = {isnan(number) ? NULL : present, 0};
	memcpy(&value.number, &number, sizeof number);
	return value;
}

static struct direct_value id_value(uint64_t id)
{
	const struct direct_value value = {id == 0 ? NULL : present, (int64_t)id};
	return value;
}

static struct direct_value value_of(const gemlive_event *event, const struct direct_field *field)
{
	switch (field->kind) {
	case DIRECT_TEXT: return text_value(event, field->name);
	case DIRECT_NUMBER: return number_value(event, field->name);
	case DIRECT_DOUBLE: return double_value(event, field->name);
	case DIRECT_TURN: return id_value(gemlive_event_turn(event));
	case DIRECT_REQUEST: return id_value(gemlive_event_request(event));
	default: return id_value(gemlive_event_utterance(event));
	}
}

static struct direct_value payload_of(const gemlive_event *event, int32_t type)
{
	struct direct_value payload = {NULL, 0};
	size_t count = 0;
	if (type == GEMLIVE_EVENT_AUDIO) {
		payload.text = (const char *)gemlive_event_audio_s16(event, &count);
		count *= (size_t)gemlive_event_channels(event);
	} else if (type == GEMLIVE_EVENT_MEDIA) {
		payload.text = (const char *)gemlive_event_bytes(event, &count);
	} else if (type == GEMLIVE_EVENT_RESUMPTION_UPDATED) {
		payload.text = gemlive_event_resumption_handle(event, &count);
	}
	payload.number = (int64_t)count;
	return payload;
}

static void read_event(gemlive_event *event, struct direct_record *record)
{
	size_t length = 0;
	record->event = (uintptr_t)event;
	record->session = (uintptr_t)gemlive_event_session(event);
	record->type = gemlive_event_type(event);
	record->status = gemlive_event_code(event);
	record->seq = gemlive_event_seq(event);
	record->time_ms = gemlive_event_time_ms(event);
	record->connection = gemlive_event_connection(event);
	record->json.text = gemlive_event_json(event, &length);
	record->json.number = (int64_t)length;
	record->server_message.text = gemlive_event_server_message(event, &length);
	record->server_message.number = (int64_t)length;
	record->payload = payload_of(event, record->type);
	if (record->type > 0 && record->type < (int32_t)(sizeof direct_events / sizeof *direct_events)) {
		const struct direct_field *field = direct_events[record->type];
		for (int number = 0; field[number].name; ++number) {
			record->fields[number] = value_of(event, &field[number]);
		}
	}
}

gemlive_status direct_take(uintptr_t session, struct direct_record *record)
{
	gemlive_event *event = NULL;
	const gemlive_status status = gemlive_session_poll_event((gemlive_session *)session, 0, &event);
	if (status == GEMLIVE_OK) {
		read_event(event, record);
	}
	return status;
}

gemlive_status direct_take_of_model(uintptr_t model, struct direct_record *record)
{
	gemlive_event *event = NULL;
	const gemlive_status status = gemlive_model_poll_event((gemlive_model *)model, 0, &event);
	if (status == GEMLIVE_OK) {
		read_event(event, record);
	}
	return status;
}

void direct_release(uintptr_t event)
{
	gemlive_event_release((gemlive_event *)event);
}
