//go:build !gemlive_prebuilt

package direct

// #cgo pkg-config: gemlive
import "C"
