// Hello is the smallest conversation: one question, a tool, and the answer as it comes.
//
// The key is taken from GOOGLE_API_KEY. GOOGLE_GEMINI_BASE_URL and SSL_CERT_FILE point it at gemlive-emulator.
package main

import (
	"context"
	"fmt"
	"log"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// snippet: hello
func talk(ctx context.Context) error {
	model, err := gemlive.NewModel() // the key: GOOGLE_API_KEY
	if err != nil {
		return err
	}
	defer model.Close()
	session, err := model.StartSession(ctx, gemlive.WithInstructions("You are a clerk."))
	if err != nil {
		return err
	}
	defer session.Close()
	session.SendText("Do you sell umbrellas?") // waits until there is a connection
	for event := range session.Events() {
		switch e := event.(type) {
		case gemlive.OutputTranscript:
			fmt.Print(e.Text)
		case gemlive.ToolCall:
			session.Respond(e, map[string]any{"celsius": 21})
		case gemlive.TurnFinished:
			fmt.Println()
			session.Finish(true, 0)
		case gemlive.Closed:
			return e.Err()
		}
	}
	return session.Err()
}

// end snippet

func main() {
	if err := talk(context.Background()); err != nil {
		log.Fatal(err)
	}
}
