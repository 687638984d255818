package packaging

import (
	"testing"

	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

func TestMain(m *testing.M) { support.Main(m) }
