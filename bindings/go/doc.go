// Package gemlive holds real-time voice conversations with the Gemini Live API.
//
// A [Model] has the options and the credentials. A [Session], which it starts, is one conversation: commands go in,
// events come out, samples go both ways. It connects in the background, and again when the connection is lost.
//
//	session, err := model.StartSession(ctx, gemlive.WithInstructions("You are a clerk."))
//	if err != nil {
//		return err
//	}
//	defer session.Close()
//	for event := range session.Events() {
//		switch e := event.(type) {
//		case gemlive.ToolCall:
//			session.Respond(e, map[string]any{"celsius": 21})
//		case gemlive.Closed:
//			return e.Err()
//		}
//	}
//
// Commands may be called from any goroutine. None of them waits for the network, and none is lost while there is no
// connection. One goroutine at a time takes a session's events, one gives audio, one reads audio. A waiting goroutine
// holds no thread, so that thousands of sessions share a few.
//
// Every failure is an [*Error]; errors.Is tells them apart by [ErrTimeout] and its kin. A session that was given up, and
// a nil one, answer [ErrInvalidHandle].
package gemlive
