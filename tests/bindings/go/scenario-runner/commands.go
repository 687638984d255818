package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

const playRate = 24000

// runner runs commands on a session.
type runner struct {
	ctx          context.Context // ends when the program's time is over
	model        *gemlive.Model
	session      *gemlive.Session
	events       *eventLog
	input        *audioIn
	folder       string // where relative file names begin
	playing      bool   // the playout is pulled already
	rate         int    // of the output format; 0 before the first
	channels     int
	closeTimeout time.Duration // the longest that a close was allowed
}

type command struct {
	name   string
	run    func(*runner, object) result // nil: this version lacks it
	fields []field
}

var pace = field{name: "pace", words: "realtime none"}

// The table is filled in by init: its commands look their neighbours up in it.
var table []command

func init() {
	table = []command{
		{"push_audio", (*runner).pushAudio, []field{{name: "file", required: true}, pace,
			{name: "chunk_ms", kind: whole, least: 1, most: 10_000}, {name: "from_ms", kind: whole},
			{name: "to_ms", kind: whole}, {name: "background", kind: truth}}},
		{"push_silence", (*runner).pushSilence, []field{{name: "ms", kind: whole, required: true}, pace}},
		{"push_video", (*runner).pushVideo, []field{{name: "file", required: true}, {name: "every_ms", kind: whole},
			{name: "count", kind: whole, least: 1, most: 1_000_000}, {name: "width", kind: whole},
			{name: "height", kind: whole}, {name: "format"}, {name: "stride", kind: whole, least: -1_000_000, most: 1_000_000},
			{name: "rotation", kind: whole}}},
		{"send_text", (*runner).sendText, []field{{name: "text", required: true, codeUnits: true},
			{name: "turn_complete", kind: truth}}},
		{"generate_reply", (*runner).generateReply, []field{{name: "instructions", codeUnits: true}, {name: "text"},
			{name: "timeout_ms", kind: whole}, {name: "tool_choice"}}},
		{"tool_response", (*runner).toolResponse, []field{{name: "call", required: true},
			{name: "output", kind: anything}, {name: "error"},
			{name: "scheduling", words: "SILENT WHEN_IDLE INTERRUPT"}, {name: "will_continue", kind: truth}}},
		{"start_user_activity", simple((*gemlive.Session).StartUserActivity), nil},
		{"end_user_activity", simple((*gemlive.Session).EndUserActivity), nil},
		{"commit_audio", simple((*gemlive.Session).CommitAudio), nil},
		{"clear_audio", simple((*gemlive.Session).ClearAudio), nil},
		{"audio_stream_end", simple((*gemlive.Session).AudioStreamEnd), nil},
		{"interrupt", simple((*gemlive.Session).Interrupt), nil},
		{"truncate", (*runner).truncate, []field{{name: "turn", required: true},
			{name: "heard_ms", kind: whole, required: true}}},
		{"update_instructions", (*runner).updateInstructions,
			[]field{{name: "instructions", required: true, codeUnits: true}}},
		{"update_tools", (*runner).updateTools, []field{{name: "tools", kind: anything, required: true}}},
		{"update_options", (*runner).updateOptions, anyFields},
		{"update_model_options", (*runner).updateModelOptions, anyFields},
		{"update_chat_context", (*runner).updateChatContext,
			[]field{{name: "items", kind: anything, required: true}}},
		{"get_chat_context", reading("items", (*gemlive.Session).ChatContext), nil},
		{"save", reading("saved", (*gemlive.Session).Save), nil},
		{"get_open_calls", reading("calls", (*gemlive.Session).OpenCalls), nil},
		{"get_tools", reading("tools", (*gemlive.Session).Tools), nil},
		{"get_capabilities", reading("capabilities", (*gemlive.Session).Capabilities), nil},
		{"read_audio", (*runner).readAudio, []field{{name: "ms", kind: whole, required: true},
			{name: "sample_rate", kind: whole, least: 1_000, most: 384_000},
			{name: "channels", kind: whole, least: 1, most: 16}}},
		{"mute", (*runner).mute, []field{{name: "on", kind: truth, required: true}}},
		{"network_changed", nil, nil},
		{"pause", nil, nil},
		{"resume", nil, nil},
		{"send_raw", (*runner).sendRaw, []field{{name: "message", kind: objectField, required: true}}},
		{"wait", (*runner).wait, []field{{name: "event", kind: objectField, required: true},
			{name: "timeout_ms", kind: whole}}},
		{"sleep", (*runner).sleep, []field{{name: "ms", kind: whole, required: true}}},
		{"close", (*runner).close, []field{{name: "drain", kind: truth}, {name: "timeout_ms", kind: whole}}},
	}
}

// run says whether the commands came to their end, and whether any failed.
func (r *runner) run(commands []object, out *output) (inFull, anyFailed bool) {
	for _, command := range commands {
		if r.ctx.Err() != nil {
			return false, anyFailed
		}
		result := r.runOne(command)
		out.write(result.line(command["do"].(string)))
		anyFailed = anyFailed || !result.ok()
		if !result.ok() && command["do"] == "wait" {
			return false, anyFailed
		}
	}
	return true, anyFailed
}

func (r *runner) runOne(given object) result {
	name := given["do"].(string)
	names := make([]string, 0, len(table))
	for _, command := range table {
		names = append(names, command.name)
		if command.name != name {
			continue
		}
		if command.run == nil {
			return failed(gemlive.StatusUnsupported, name+" is not in this version")
		}
		if wrong := checkFields(given, command.fields); wrong != "" {
			return invalidArgument(wrong)
		}
		return command.run(r, given)
	}
	return invalidArgument("'" + name + "' is no command; allowed: " + strings.Join(names, ", "))
}

func simple(call func(*gemlive.Session) error) func(*runner, object) result {
	return func(r *runner, _ object) result { return resultOf(call(r.session)) }
}

func reading(field string, get func(*gemlive.Session) (json.RawMessage, error)) func(*runner, object) result {
	return func(r *runner, _ object) result {
		value, err := get(r.session)
		result := resultOf(err)
		if err == nil {
			result.fields.raw(field, value)
		}
		return result
	}
}

func (r *runner) path(given object) string {
	file := given["file"].(string)
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(r.folder, file)
}

func ms(given object, name string, otherwise int) time.Duration {
	return time.Duration(wholeOf(given, name, otherwise)) * time.Millisecond
}

func (r *runner) pushAudio(given object) result {
	push := pushFile{path: r.path(given), paced: given["pace"] != "none", chunkMS: wholeOf(given, "chunk_ms", 20),
		fromMS: wholeOf(given, "from_ms", 0), toMS: wholeOf(given, "to_ms", -1)}
	if push.toMS >= 0 && push.toMS < push.fromMS {
		return invalidArgument("'to_ms' has to be at least from_ms, which is " + shown(given["from_ms"]))
	}
	return r.input.pushFile(push, truthOf(given, "background", false))
}

func (r *runner) pushSilence(given object) result {
	return r.input.pushSilence(wholeOf(given, "ms", 0), given["pace"] != "none")
}

func (r *runner) pushVideo(given object) result {
	raw := has(given, "width") || has(given, "height") || has(given, "format")
	path := r.path(given)
	picture, err := os.ReadFile(path)
	mimeType := ""
	switch {
	case err != nil:
		return invalidArgument("cannot read '" + path + "'")
	case raw:
	case bytes.HasPrefix(picture, []byte{0xFF, 0xD8, 0xFF}):
		mimeType = "image/jpeg"
	case bytes.HasPrefix(picture, []byte("\x89PNG")):
		mimeType = "image/png"
	default:
		return invalidArgument("'" + path + "' begins neither like a JPEG nor like a PNG file")
	}
	start := time.Now()
	for number := range wholeOf(given, "count", 1) {
		if !sleepUntil(r.ctx, start.Add(time.Duration(number)*ms(given, "every_ms", 1000))) {
			return failed(gemlive.StatusCancelled, "stopped after "+strconv.Itoa(number)+" pictures")
		}
		push := func() error { return r.session.PushImage(picture, mimeType) }
		if raw {
			push = func() error { return r.session.PushVideo(rawFrame(given, picture)) }
		}
		if result := resultOf(push()); !result.ok() {
			return result
		}
	}
	return result{}
}

func rawFrame(given object, pixels []byte) gemlive.VideoFrame {
	formats := map[string]gemlive.PixelFormat{"rgba": gemlive.PixelFormatRGBA, "bgra": gemlive.PixelFormatBGRA,
		"argb": gemlive.PixelFormatARGB, "abgr": gemlive.PixelFormatABGR, "rgb24": gemlive.PixelFormatRGB24,
		"bgr24": gemlive.PixelFormatBGR24, "i420": gemlive.PixelFormatI420, "nv12": gemlive.PixelFormatNV12,
		"nv21": gemlive.PixelFormatNV21, "yuy2": gemlive.PixelFormatYUY2}
	return gemlive.VideoFrame{Format: formats[strings.ToLower(textOf(given, "format"))], Width: wholeOf(given, "width", 0),
		Height: wholeOf(given, "height", 0), Rotation: wholeOf(given, "rotation", 0), Planes: [3][]byte{pixels},
		Strides: [3]int{wholeOf(given, "stride", 0)}}
}

func standsAlone(field string) result {
	return invalidArgument("'" + field + "' has to be the only field")
}

func has(given object, name string) bool {
	_, ok := given[name]
	return ok
}

func (r *runner) sendText(given object) result {
	if has(given, "text_code_units") && has(given, "turn_complete") {
		return standsAlone("text_code_units")
	}
	said := textOf(given, "text")
	if !truthOf(given, "turn_complete", true) {
		return resultOf(r.session.AddText(said))
	}
	return withRequest(r.session.SendText(said))
}

func (r *runner) generateReply(given object) result {
	if has(given, "instructions_code_units") && (has(given, "text") || has(given, "timeout_ms") || has(given, "tool_choice")) {
		return standsAlone("instructions_code_units")
	}
	return withRequest(r.session.GenerateReply(gemlive.Reply{Instructions: textOf(given, "instructions"),
		Text: textOf(given, "text"), Timeout: ms(given, "timeout_ms", 0), ToolChoice: textOf(given, "tool_choice")}))
}

func (r *runner) toolResponse(given object) result {
	response := gemlive.ToolResponse{Call: textOf(given, "call"), Output: given["output"],
		Scheduling: textOf(given, "scheduling"), WillContinue: truthOf(given, "will_continue", false)}
	if has(given, "error") {
		response.Error = errors.New(textOf(given, "error"))
	}
	return resultOf(r.session.ToolResponse(response))
}

func (r *runner) mute(given object) result {
	return resultOf(r.session.Mute(given["on"].(bool)))
}

func (r *runner) updateChatContext(given object) result {
	return resultOf(r.session.UpdateChatContext(json.RawMessage(shown(given["items"]))))
}

func (r *runner) truncate(given object) result {
	turn, err := strconv.ParseUint(strings.TrimPrefix(textOf(given, "turn"), "turn-"), 10, 64)
	if err != nil {
		return invalidArgument(err.Error())
	}
	return resultOf(r.session.Truncate(turn, time.Duration(wholeOf(given, "heard_ms", 0))*time.Millisecond))
}

func (r *runner) updateInstructions(given object) result {
	return resultOf(r.session.UpdateInstructions(textOf(given, "instructions")))
}

func (r *runner) updateTools(given object) result {
	return resultOf(r.session.UpdateTools(json.RawMessage(shown(given["tools"]))))
}

func (r *runner) updateOptions(given object) result {
	return resultOf(r.session.UpdateOptionsJSON(json.RawMessage(fieldsOf(given))))
}

func (r *runner) updateModelOptions(given object) result {
	return resultOf(r.model.UpdateOptionsJSON(json.RawMessage(fieldsOf(given))))
}

func (r *runner) sendRaw(given object) result {
	return resultOf(r.session.SendRaw(json.RawMessage(shown(given["message"]))))
}

func (r *runner) setOutputFormat(rate, channels int) result {
	if rate == r.rate && channels == r.channels {
		return result{}
	}
	set := resultOf(r.session.SetOutputFormat(rate, channels))
	if set.ok() {
		r.rate, r.channels = rate, channels
	}
	return set
}

func (r *runner) readAudio(given object) result {
	if r.playing {
		return failed(gemlive.StatusInvalidState, "--out or --record pulls the playout already")
	}
	rate, channels := wholeOf(given, "sample_rate", playRate), wholeOf(given, "channels", 1)
	set := r.setOutputFormat(rate, channels)
	if !set.ok() {
		return set
	}
	wanted := wholeOf(given, "ms", 0) * rate / 1000
	frames, heard := pull(r.ctx, r.session, rate, channels, wanted)
	var read result
	if frames < wanted {
		read = failed(gemlive.StatusCancelled, "stopped before the end")
	}
	read.fields.whole("frames", int64(frames))
	read.fields.whole("heard", int64(heard))
	return read
}

func (r *runner) wait(given object) result {
	return r.events.wait(r.ctx, given["event"].(object), ms(given, "timeout_ms", 10_000))
}

func (r *runner) sleep(given object) result {
	if !sleepUntil(r.ctx, time.Now().Add(ms(given, "ms", 0))) {
		return failed(gemlive.StatusCancelled, "stopped while sleeping")
	}
	return result{}
}

func (r *runner) close(given object) result {
	r.input.stop()
	r.input.join()
	timeout := ms(given, "timeout_ms", 0)
	r.closeTimeout = max(r.closeTimeout, timeout)
	return resultOf(r.session.Finish(truthOf(given, "drain", false), timeout))
}
