// One event with everything that Go wants to know of it, read in one call.
#ifndef GEMLIVE_GO_RECORD_H
#define GEMLIVE_GO_RECORD_H

#include "event_fields.h"

#include <gemlive/gemlive.h>

// A text and its length in bytes, or "" and a number. NULL where the event does not have it. All of it is borrowed from
// the event.
struct direct_value {
	const char *text;
	int64_t number;
};

struct direct_record {
	uintptr_t event;
	uintptr_t session;
	int32_t type;
	int32_t status; // of error and closed
	uint64_t seq;
	int64_t time_ms;
	uint64_t connection;
	struct direct_value json;
	struct direct_value server_message;
	// The samples (their number), the bytes of media, or the resumption handle.
	struct direct_value payload;
	struct direct_value fields[DIRECT_MOST_FIELDS];
};

// Takes an event that waits in a session's queue, or in a model's, and reads it; the caller gives it up with
// direct_release.
gemlive_status direct_take(uintptr_t session, struct direct_record *record);
gemlive_status direct_take_of_model(uintptr_t model, struct direct_record *record);
void direct_release(uintptr_t event);

#endif
