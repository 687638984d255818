package packaging

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

const program = `package main

import (
	"fmt"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

func main() { fmt.Println(gemlive.Version()) }
`

const module = `module program

go 1.24

require github.com/gemlive/gemlive/bindings/go v0.0.0

replace github.com/gemlive/gemlive/bindings/go => ./binding
`

// With the tag gemlive_prebuilt the library lies beside the sources, and pkg-config is not asked.
func TestPrebuiltLibraryBesideTheSources(t *testing.T) {
	folder := t.TempDir()
	binding := filepath.Join(folder, "binding")
	copied(t, filepath.Join(support.Root(), "bindings", "go"), binding)
	copied(t, filepath.Join(support.Root(), "include"), filepath.Join(binding, "prebuilt", "include"))
	library := filepath.Join(filepath.Dir(filepath.Dir(support.Program("x"))), "lib")
	for _, name := range []string{"libgemlive.so", "libgemlive.so.0"} {
		bytes, err := os.ReadFile(filepath.Join(library, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(binding, "prebuilt", "linux_amd64", name), bytes)
	}
	write(t, filepath.Join(folder, "main.go"), []byte(program))
	write(t, filepath.Join(folder, "go.mod"), []byte(module))

	command := exec.CommandContext(support.Context(t), "go", "run", "-tags", "gemlive_prebuilt", ".")
	command.Dir = folder
	command.Env = append(os.Environ(), "PKG_CONFIG=false", "CGO_LDFLAGS=", "GOFLAGS=-modcacherw")
	if out, err := command.CombinedOutput(); err != nil || strings.Count(string(out), ".") != 2 {
		t.Errorf("%v: %s", err, out)
	}
}

func copied(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, bytes []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
}
