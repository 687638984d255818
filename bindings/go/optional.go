package gemlive

// Optional is a field that an event may lack.
type Optional[T any] struct {
	value   T
	present bool
}

func optional[T any](present bool, value T) Optional[T] { return Optional[T]{value, present} }

// Get gives the value, and whether there is one.
func (o Optional[T]) Get() (T, bool) { return o.value, o.present }

// Or gives the value, or another where there is none.
func (o Optional[T]) Or(other T) T {
	if o.present {
		return o.value
	}
	return other
}
