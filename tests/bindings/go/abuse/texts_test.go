package abuse

import (
	"errors"
	"strings"
	"testing"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

func refused(t *testing.T, what string, err error, words string) {
	t.Helper()
	if !errors.Is(err, gemlive.ErrInvalidArgument) || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: %v", what, err)
	}
}

func TestTextsThatAreNoTexts(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	// Half of a character, as UTF-16 can have it: three bytes that are no UTF-8.
	_, err := session.SendText("a\xed\xa0\xbd")
	refused(t, "half a character", err, "UTF-8")
	_, err = session.GenerateReply(gemlive.Reply{Instructions: "\xff"})
	refused(t, "no UTF-8", err, "UTF-8")
	_, err = session.SendText("")
	refused(t, "empty", err, "empty")
	if _, err := session.SendText("a\x00b"); err != nil {
		t.Errorf("a NUL is a character: %v", err)
	}
	refused(t, "NUL in JSON", session.SendRaw("{}\x00"), "message")
	refused(t, "NUL in a type", session.PushImage(nil, "image/png\x00"), "mimeType")
	refused(t, "no JSON", session.SendRaw(func() {}), "message")
	if gemlive.HasFeature("send_text\x00") || !gemlive.HasFeature("send_text") {
		t.Error("features are found by another name")
	}
}

func TestOptionsThatAreNotAllowed(t *testing.T) {
	for words, option := range map[string]gemlive.Option{
		"temperature":   gemlive.WithTemperature(3),
		"voice":         gemlive.WithOption("voise", "Kore"), // the nearest one that exists
		"name":          gemlive.WithOption("voice\x00", "Kore"),
		"max_retries":   gemlive.WithMaxRetries(-1),
		"tools":         gemlive.WithTools("nothing"),
		"object":        gemlive.WithJSON(func() {}),
		"broken":        gemlive.WithTool(gemlive.Tool{Name: "broken", Parameters: "{"}),
		"drain_timeout": gemlive.WithDrainTimeout(1 << 62),
	} {
		model, err := gemlive.NewModel(option)
		refused(t, words, err, words)
		if model != nil {
			t.Errorf("%s: there is a model", words)
		}
	}
	if _, err := support.Model(t, support.Offline()).StartSession(support.Context(t), gemlive.WithTopP(2)); err == nil ||
		!strings.Contains(err.Error(), "top_p") {
		t.Errorf("%v", err)
	}
	if model, err := gemlive.NewModel(nil, gemlive.WithVoice("Kore")); err != nil {
		t.Errorf("no option is no error: %v", err)
	} else {
		model.Close()
	}
}
