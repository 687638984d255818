package coverage

import (
	"errors"
	"testing"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// The library takes what each setter gives it: the name and the type are right.
func TestEverySetterReachesTheLibrary(t *testing.T) {
	for _, sample := range optionSamples {
		t.Run(sample.name, func(t *testing.T) {
			model, err := gemlive.NewModel(sample.option)
			// What only the other service has was understood, too.
			if err != nil && !errors.Is(err, gemlive.ErrUnsupported) {
				t.Fatal(err)
			}
			model.Close()
		})
	}
}
