/*
 * How C looks from Go: handles are uintptr, a status is an error with its sentence, a text is a string.
 *
 * A text with a length goes in as the Go string's own bytes. A text without one gets its final NUL in Go; what calls in
 * has refused a NUL inside it. A text that comes out is copied once, into Go's memory.
 */
%go_import("strconv")
%go_import("strings")
%go_import("slices")

/* Go has its own, written from the same table, that need no call into C at the start of a program. */
%rename("$ignore", %$isconstant) "";
/* The sentence belongs to the thread of the failing call, and a goroutine may change threads: it comes with the status. */
%ignore gemlive_last_error_message;
%rename("%(strip:[gemlive_])s", %$isfunction) "";

%fragment("Failure", "runtime") %{
#include <stdio.h>
#include <gemlive/gemlive_types.h>

/* "CODE:SENTENCE", which Go frees, or nothing. */
static _gostring_ failure_of(gemlive_status status) {
  _gostring_ text = {NULL, 0};
  if (status != GEMLIVE_OK) {
    const char *const sentence = gemlive_last_error_message();
    const size_t room = strlen(sentence) + 16;
    text.p = (char *)malloc(room);
    if (!text.p) {
      abort();
    }
    text.n = snprintf(text.p, room, "%d:%s", (int)status, sentence);
  }
  return text;
}
%}

%insert(go_wrapper) %{
// Failure is a status other than GEMLIVE_OK, and what was wrong.
type Failure struct {
	Status  int32
	Message string
}

func (f *Failure) Error() string { return f.Message }

func failureOf(text string) error {
	status, message, _ := strings.Cut(swigCopyString(text), ":")
	number, _ := strconv.ParseInt(status, 10, 32)
	return &Failure{int32(number), message}
}
%}

%typemap(gotype) gemlive_status "error"
%typemap(imtype) gemlive_status "string"
%typemap(out, fragment="Failure,CopyString") gemlive_status %{ $result = failure_of($1); %}
%typemap(goout) gemlive_status %{
	if $1 != "" {
		$result = failureOf($1)
	}
%}
%typemap(gotype) gemlive_status status "int"
%typemap(imtype) gemlive_status status "int"
%typemap(in) gemlive_status status %{ $1 = (gemlive_status)$input; %}

%define HANDLE(TYPE)
%typemap(gotype) TYPE *, const TYPE * "uintptr"
%typemap(in) TYPE *, const TYPE * %{ $1 = *($&1_ltype)&$input; %}
%typemap(out) TYPE *, const TYPE * %{ *($&1_ltype)&$result = ($1_ltype)$1; %}
%typemap(gotype) TYPE ** "*uintptr"
%typemap(in) TYPE ** %{ $1 = *($&1_ltype)&$input; %}
%enddef
HANDLE(gemlive_options)
HANDLE(gemlive_model)
HANDLE(gemlive_session)
HANDLE(gemlive_event)

%typemap(gotype) const char * "string"
%typemap(imtype) const char * "string"
%typemap(goin) const char * %{ $result = $input + "\x00" %}
%typemap(in) const char * %{ $1 = $input.p; %}
%typemap(freearg) const char * ""
%typemap(out) const char * %{
  $result.p = (char *)$1;
  $result.n = strlen($1);
%}
%typemap(goout) const char * %{ $result = strings.Clone($1) %}

%apply (char *STRING, size_t LENGTH) {
  (const char *text, size_t length), (const char *value, size_t length), (const char *instructions, size_t length)
};
/* Go has no address for an empty string, and NULL would mean that there is none. */
%typemap(in)
  (const char *text, size_t length), (const char *value, size_t length), (const char *instructions, size_t length) %{
  $1 = $input.p ? $input.p : (char *)"";
  $2 = (size_t)$input.n;
%}
%typemap(goin)
  (const char *text, size_t length), (const char *value, size_t length), (const char *instructions, size_t length) %{
	$result = $input
%}

%typemap(in, numinputs=0) size_t *length (size_t count), size_t *frames (size_t count), size_t *size (size_t count)
  %{ $1 = &count; %}
%typemap(argout) size_t *length %{ _swig_go_result.n = count$argnum; %}

%typemap(gotype) const int16_t *gemlive_event_audio_s16 "[]int16"
%typemap(out) const int16_t *gemlive_event_audio_s16 %{ $result.array = (void *)$1; %}
%typemap(argout) size_t *frames %{ _swig_go_result.len = _swig_go_result.cap = count$argnum * gemlive_event_channels(arg1); %}
%typemap(gotype) const uint8_t *gemlive_event_bytes "[]byte"
%typemap(out) const uint8_t *gemlive_event_bytes %{ $result.array = (void *)$1; %}
%typemap(argout) size_t *size %{ _swig_go_result.len = _swig_go_result.cap = count$argnum; %}
%typemap(goout) const int16_t *gemlive_event_audio_s16, const uint8_t *gemlive_event_bytes
  %{ $result = slices.Clone($1) %}

%typemap(gotype) (char *buffer, size_t capacity), (const uint8_t *bytes, size_t size) "[]byte"
%typemap(in) (char *buffer, size_t capacity), (const uint8_t *bytes, size_t size) %{
  $1 = ($1_ltype)$input.array;
  $2 = ($2_ltype)$input.len;
%}

%typemap(gotype) size_t *accepted, size_t *heard, size_t *needed "*uintptr"
