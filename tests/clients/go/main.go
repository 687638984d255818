// Holds one conversation with google.golang.org/genai and prints what came of it as JSON. Base URL, key and
// trusted CA come from the environment.
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"google.golang.org/genai"
)

const (
	turnDeadline = 20 * time.Second
	chunkMs      = 100
	speed        = 4
)

type call struct {
	Name string         `json:"name"`
	Args map[string]any `json:"args"`
}

type turn struct {
	Said    string `json:"said"`
	Heard   string `json:"heard"`
	AudioMs int    `json:"audio_ms"`
	Calls   []call `json:"calls"`
	Tokens  int32  `json:"tokens"`
}

var weather = &genai.Tool{FunctionDeclarations: []*genai.FunctionDeclaration{{
	Name:        "get_weather",
	Description: "The weather of a city.",
	Parameters: &genai.Schema{
		Type:       genai.TypeObject,
		Properties: map[string]*genai.Schema{"city": {Type: genai.TypeString}},
		Required:   []string{"city"},
	},
}}}

// An ephemeral token instead of the key, and the only version with which the client takes one.
var tokenOptions *genai.ClientConfig

func connect(handle string, tools ...*genai.Tool) (*genai.Session, error) {
	config := &genai.ClientConfig{Backend: genai.BackendGeminiAPI}
	if tokenOptions != nil {
		config = tokenOptions
	}
	client, err := genai.NewClient(context.Background(), config)
	if err != nil {
		return nil, err
	}
	return client.Live.Connect(context.Background(), os.Getenv("LIVE_MODEL"), &genai.LiveConnectConfig{
		ResponseModalities:       []genai.Modality{genai.ModalityAudio},
		InputAudioTranscription:  &genai.AudioTranscriptionConfig{},
		OutputAudioTranscription: &genai.AudioTranscriptionConfig{},
		SessionResumption:        &genai.SessionResumptionConfig{Handle: handle},
		Tools:                    tools,
	})
}

func ask(session *genai.Session, text string) error {
	return session.SendClientContent(genai.LiveClientContentInput{
		Turns:        []*genai.Content{genai.NewContentFromText(text, genai.RoleUser)},
		TurnComplete: genai.Ptr(true),
	})
}

// receive hands on messages until one is the last. Receive itself knows no deadline, but ends when the session is
// closed.
func receive(session *genai.Session, isLast func(*genai.LiveServerMessage) (bool, error)) error {
	deadline := time.AfterFunc(turnDeadline, func() { session.Close() })
	defer deadline.Stop()
	for {
		message, err := session.Receive()
		if err != nil {
			return err
		}
		if last, err := isLast(message); last || err != nil {
			return err
		}
	}
}

func receiveTurn(session *genai.Session) (turn, error) {
	var result turn
	audioBytes := 0
	err := receive(session, func(message *genai.LiveServerMessage) (bool, error) {
		if message.UsageMetadata != nil {
			result.Tokens = message.UsageMetadata.TotalTokenCount
		}
		if message.ToolCall != nil {
			var answers []*genai.FunctionResponse
			for _, asked := range message.ToolCall.FunctionCalls {
				result.Calls = append(result.Calls, call{asked.Name, asked.Args})
				answers = append(answers, &genai.FunctionResponse{
					ID: asked.ID, Name: asked.Name, Response: map[string]any{"output": "sunny"},
				})
			}
			if err := session.SendToolResponse(genai.LiveToolResponseInput{FunctionResponses: answers}); err != nil {
				return true, err
			}
		}
		content := message.ServerContent
		if content == nil {
			return false, nil
		}
		if content.ModelTurn != nil {
			for _, part := range content.ModelTurn.Parts {
				if part.InlineData != nil {
					audioBytes += len(part.InlineData.Data)
				}
			}
		}
		if content.InputTranscription != nil {
			result.Heard += content.InputTranscription.Text
		}
		if content.OutputTranscription != nil {
			result.Said += content.OutputTranscription.Text
		}
		return content.TurnComplete, nil
	})
	result.AudioMs = audioBytes / 48
	return result, err
}

// The handle that comes after a turn has the turn in it.
func receiveHandle(session *genai.Session) (string, error) {
	handle := ""
	err := receive(session, func(message *genai.LiveServerMessage) (bool, error) {
		if update := message.SessionResumptionUpdate; update != nil && update.Resumable {
			handle = update.NewHandle
		}
		return handle != "", nil
	})
	return handle, err
}

// speak sends a WAV file as a microphone would, at the speed of the emulator.
func speak(session *genai.Session, path string) error {
	const header = 44
	file, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	rate := int(binary.LittleEndian.Uint32(file[24:]))
	samples, step := file[header:], rate*2*chunkMs/1000
	for len(samples) > 0 {
		chunk := samples[:min(step, len(samples))]
		samples = samples[len(chunk):]
		err := session.SendRealtimeInput(genai.LiveRealtimeInput{
			Audio: &genai.Blob{Data: chunk, MIMEType: fmt.Sprintf("audio/pcm;rate=%d", rate)},
		})
		if err != nil {
			return err
		}
		time.Sleep(chunkMs * time.Millisecond / speed)
	}
	return nil
}

func oneTurn(question string, tools ...*genai.Tool) (any, error) {
	session, err := connect("", tools...)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	if err := ask(session, question); err != nil {
		return nil, err
	}
	return receiveTurn(session)
}

func spokenTurn() (any, error) {
	session, err := connect("")
	if err != nil {
		return nil, err
	}
	defer session.Close()
	spoken := make(chan error, 1)
	go func() { spoken <- speak(session, os.Getenv("SPEECH_FILE")) }()
	result, err := receiveTurn(session)
	if err != nil {
		return nil, err
	}
	return result, <-spoken
}

func resumedSession() (any, error) {
	handle := ""
	var turns []turn
	for _, question := range []string{"My name is Ada.", "What is my name?"} {
		session, err := connect(handle)
		if err != nil {
			return nil, err
		}
		defer session.Close()
		if err := ask(session, question); err != nil {
			return nil, err
		}
		answer, err := receiveTurn(session)
		if err != nil {
			return nil, err
		}
		turns = append(turns, answer)
		if handle == "" {
			if handle, err = receiveHandle(session); err != nil {
				return nil, err
			}
			session.Close()
		}
	}
	return map[string]any{"handle": handle, "turns": turns}, nil
}

// makeToken asks for one by hand: the client uses tokens, but makes none.
func makeToken() (string, error) {
	request, err := http.NewRequest("POST", os.Getenv("GOOGLE_GEMINI_BASE_URL")+"/v1alpha/auth_tokens",
		strings.NewReader(`{"uses": 1, "bidiGenerateContentSetup": {"generationConfig": {"temperature": 0.5}},
			"fieldMask": "generationConfig.temperature"}`))
	if err != nil {
		return "", err
	}
	request.Header.Set("x-goog-api-key", os.Getenv("GOOGLE_API_KEY"))
	client := http.Client{Timeout: turnDeadline}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var token struct{ Name string }
	err = json.NewDecoder(response.Body).Decode(&token)
	return token.Name, err
}

func tokenTurn() (any, error) {
	token, err := makeToken()
	if err != nil {
		return nil, err
	}
	tokenOptions = &genai.ClientConfig{Backend: genai.BackendGeminiAPI, APIKey: token,
		HTTPOptions: genai.HTTPOptions{APIVersion: "v1alpha"}}
	turn, err := oneTurn("Do you sell swords?")
	if err != nil {
		return nil, err
	}
	return map[string]any{"turn": turn, "error": refusal()}, nil
}

func refusal() string {
	if _, err := oneTurn("Is anybody there?"); err != nil {
		return err.Error()
	}
	return "it was not refused"
}

func hold(conversation string) (any, error) {
	switch conversation {
	case "text-turn":
		return oneTurn("Do you sell swords?")
	case "tool-turn":
		return oneTurn("How is the weather in Paris?", weather)
	case "spoken-turn":
		return spokenTurn()
	case "resumed-session":
		return resumedSession()
	case "token-turn":
		return tokenTurn()
	case "refused":
		return map[string]any{"error": refusal()}, nil
	}
	return nil, fmt.Errorf("no conversation %q", conversation)
}

func main() {
	result, err := hold(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(result)
}
