module github.com/gemlive/gemlive/tests/bindings/go

go 1.24

require github.com/gemlive/gemlive/bindings/go v0.0.0

replace github.com/gemlive/gemlive/bindings/go => ../../../bindings/go
