module github.com/gemlive/gemlive/bindings/go

go 1.24
