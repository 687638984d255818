package conversation

import (
	"os"
	"path/filepath"
	"testing"
)

// heardByServer is the audio that an emulator with --record got on its first connection.
func heardByServer(t *testing.T, folder string) []byte {
	t.Helper()
	bytes, err := os.ReadFile(filepath.Join(folder, "connection-1.pcm"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}
