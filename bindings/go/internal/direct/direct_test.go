package direct

import (
	"testing"
	"time"
	"unsafe"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

func session(b *testing.B, options string) uintptr {
	b.Helper()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	var handle, model, session uintptr
	must(gemlivec.Options_create(&handle))
	defer gemlivec.Options_destroy(handle)
	must(gemlivec.Options_from_json(handle, options))
	must(gemlivec.Model_create(handle, &model))
	defer gemlivec.Model_destroy(model)
	must(gemlivec.Session_create(model, 0, &session))
	b.Cleanup(func() { gemlivec.Session_destroy(session) })
	return session
}

const offline = `{"base_url": "ws://127.0.0.1:1", "api_key": "bench", "outage_budget_ms": 86400000, "input_ring_ms": 10000,
	"retry_interval_ms": 86400000, "command_queue": 16384}`

// No frame is pushed, so that the way into C and back is measured alone.

func BenchmarkPushByHand(b *testing.B) {
	session, samples := session(b, offline), make([]int16, 160)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		PushS16(session, samples, 0)
	}
}

func BenchmarkPushGenerated(b *testing.B) {
	session, samples := session(b, offline), make([]int16, 160)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		var accepted uintptr
		gemlivec.Session_push_audio_s16(session, &samples[0], 0, &accepted)
	}
}

// withEvents gives a session whose queue holds count reply_failed and little else.
func withEvents(b *testing.B, count int) uintptr {
	session := session(b, offline)
	for range count + 1 {
		for gemlivec.Session_send_text_n(session, "x", new(uint64)) != nil {
			time.Sleep(time.Millisecond) // the queue of commands is full
		}
	}
	var record Record
	for record.Type() != replyFailed {
		if record.Take(session) != 0 {
			time.Sleep(time.Millisecond)
			continue
		}
		b.StopTimer()
		number := record.Type()
		record.Release()
		if number == replyFailed {
			break
		}
	}
	time.Sleep(100 * time.Millisecond)
	return session
}

const replyFailed = 21

func BenchmarkEventByHand(b *testing.B) {
	session := withEvents(b, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	b.StartTimer()
	for range b.N {
		var r Record
		if r.Take(session) == 0 {
			keep(r.Seq(), r.TimeMS(), r.Connection(), r.ID(0), r.Text(1), r.Text(2), unsafeString(r.JSON()), unsafeString(r.ServerMessage()))
			r.Release()
		}
	}
}

func BenchmarkEventGenerated(b *testing.B) {
	session := withEvents(b, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	b.StartTimer()
	for range b.N {
		var event uintptr
		if gemlivec.Session_poll_event(session, 0, &event) == nil {
			gemlivec.Event_type(event)
			keep(gemlivec.Event_seq(event), gemlivec.Event_time_ms(event), gemlivec.Event_connection(event),
				gemlivec.Event_request(event), gemlivec.Event_reason(event), gemlivec.Event_message(event),
				gemlivec.Event_json(event), gemlivec.Event_server_message(event))
			gemlivec.Event_release(event)
		}
	}
}

// As the binding keeps them: without another copy.
func unsafeString(bytes []byte) string { return unsafe.String(unsafe.SliceData(bytes), len(bytes)) }

var kept struct {
	seq, connection, id           uint64
	time                          int64
	reason, message, json, server string
}

func keep(seq uint64, time int64, connection, id uint64, reason, message, json, server string) {
	kept.seq, kept.time, kept.connection, kept.id = seq, time, connection, id
	kept.reason, kept.message, kept.json, kept.server = reason, message, json, server
}
