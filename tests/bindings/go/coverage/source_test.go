package coverage

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

// declarations are those of the public package's sources.
func declarations(t *testing.T) []ast.Decl {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(support.Root(), "bindings", "go", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources, %v", err)
	}
	var found []ast.Decl
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, file.Decls...)
	}
	return found
}

// plain is a name without what languages write differently.
func plain(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

func TestEveryEventIsAStructWithEveryField(t *testing.T) {
	structs := map[string]map[string]string{}
	for _, declared := range declarations(t) {
		general, ok := declared.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			if structure, ok := spec.(*ast.TypeSpec).Type.(*ast.StructType); ok {
				structs[plain(spec.(*ast.TypeSpec).Name.Name)] = fieldsOf(structure)
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(support.Root(), "bindings", "events.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table map[string]struct {
		Fields map[string]struct {
			Type     string
			Optional bool
		}
	}
	if err := json.Unmarshal(text, &table); err != nil || len(table) == 0 {
		t.Fatalf("no events, %v", err)
	}
	types := map[string]string{"text": "string", "int": "int64", "double": "float64", "bool": "bool",
		"json": "json.RawMessage", "id": "uint64"}
	for event, row := range table {
		name := plain(event)
		if event == "error" {
			name = "errorevent"
		}
		fields, ok := structs[name]
		if !ok {
			t.Errorf("%s has no struct", event)
			continue
		}
		for field, spec := range row.Fields {
			wanted := types[spec.Type]
			if spec.Optional && spec.Type != "id" && spec.Type != "bool" { // 0 and false say that it is absent
				wanted = "Optional[" + wanted + "]"
			}
			if got := fields[plain(field)]; got != wanted {
				t.Errorf("%s.%s is %q, not %s", event, field, got, wanted)
			}
		}
	}
}

func fieldsOf(structure *ast.StructType) map[string]string {
	found := map[string]string{}
	for _, field := range structure.Fields.List {
		for _, name := range field.Names {
			if field.Doc.Text() != "" {
				found[plain(name.Name)] = typeText(field.Type)
			}
		}
	}
	return found
}

func typeText(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return typeText(e.X) + "." + e.Sel.Name
	case *ast.IndexExpr:
		return typeText(e.X) + "[" + typeText(e.Index) + "]"
	}
	return "?"
}

var optionRow = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| ")

func TestEveryOptionHasASetterWithAComment(t *testing.T) {
	setters := map[string]string{}
	for _, declared := range declarations(t) {
		function, ok := declared.(*ast.FuncDecl)
		if !ok || function.Recv != nil || !strings.HasPrefix(function.Name.Name, "With") || function.Doc.Text() == "" {
			continue
		}
		ast.Inspect(function.Body, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				setters[strings.Trim(literal.Value, `"`)] = function.Name.Name
			}
			return true
		})
	}
	page, err := os.ReadFile(filepath.Join(support.Root(), "docs", "options.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := optionRow.FindAllStringSubmatch(string(page), -1)
	if len(rows) == 0 {
		t.Fatal("no options are listed")
	}
	for _, row := range rows {
		wanted := plain("With" + strings.TrimSuffix(row[1], "_ms"))
		if plain(setters[row[1]]) != wanted {
			t.Errorf("%s is set by %q", row[1], setters[row[1]])
		}
	}
}

func TestEverythingPublicIsDocumented(t *testing.T) {
	for _, declared := range declarations(t) {
		switch d := declared.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc.Text() == "" && (d.Recv == nil || receiverIsPublic(d)) && d.Name.Name != "Error" {
				t.Errorf("%s has no comment", d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if named, ok := spec.(*ast.TypeSpec); ok && named.Name.IsExported() && d.Doc.Text() == "" {
					t.Errorf("%s has no comment", named.Name.Name)
				}
			}
		}
	}
}

func receiverIsPublic(function *ast.FuncDecl) bool {
	expression := function.Recv.List[0].Type
	if pointer, ok := expression.(*ast.StarExpr); ok {
		expression = pointer.X
	}
	if generic, ok := expression.(*ast.IndexExpr); ok {
		expression = generic.X
	}
	name, ok := expression.(*ast.Ident)
	return ok && name.IsExported()
}
