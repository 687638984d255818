/*
 * C#: a flat layer of static functions over plain handles, for the hand-written classes only. Texts go in as UTF-8 bytes
 * that end with NUL, or come with their length; they come out as pointer and length. Nothing is allocated, no delegate
 * exists, and a status that is an error becomes an exception on the way out.
 */
%{
#include "waker.h"
%}

%pragma(csharp) moduleclassmodifiers="internal static unsafe class"
%pragma(csharp) imclassclassmodifiers="internal static unsafe class"

%csconst(1);

%define HANDLE(TYPE)
%typemap(ctype) TYPE *, const TYPE * "void *"
%typemap(imtype) TYPE *, const TYPE * "global::System.IntPtr"
%typemap(cstype) TYPE *, const TYPE * "global::System.IntPtr"
%typemap(csin) TYPE *, const TYPE * "$csinput"
%typemap(in) TYPE *, const TYPE * "$1 = ($1_ltype)$input;"
%typemap(out) TYPE *, const TYPE * "$result = (void *)$1;"
%typemap(csout, excode="") TYPE *, const TYPE * { return $imcall; }
%typemap(ctype) TYPE ** "void **"
%typemap(imtype) TYPE ** "out global::System.IntPtr"
%typemap(cstype) TYPE ** "out global::System.IntPtr"
%typemap(csin) TYPE ** "out $csinput"
%typemap(in) TYPE ** "$1 = ($1_ltype)$input;"
%enddef
HANDLE(gemlive_options)
HANDLE(gemlive_model)
HANDLE(gemlive_session)
HANDLE(gemlive_event)

/* An error is thrown while this thread's sentence about it is still the newest. */
%typemap(csout, excode="") gemlive_status { Failure.ThrowUnlessOk($imcall); }
%typemap(cstype, out="void") gemlive_status "int"

/* These answer with more than done or failed. */
%define STATUS_IS_AN_ANSWER(FUNCTION)
%typemap(csout, excode="") gemlive_status FUNCTION { return $imcall; }
%typemap(cstype) gemlive_status FUNCTION "int"
%enddef
STATUS_IS_AN_ANSWER(gemlive_session_push_audio_s16)
STATUS_IS_AN_ANSWER(gemlive_session_push_audio_f32)
STATUS_IS_AN_ANSWER(samples_push)
STATUS_IS_AN_ANSWER(gemlive_session_write_audio_s16)
STATUS_IS_AN_ANSWER(gemlive_session_write_audio_f32)
STATUS_IS_AN_ANSWER(gemlive_session_read_audio_s16)
STATUS_IS_AN_ANSWER(gemlive_session_read_audio_f32)
STATUS_IS_AN_ANSWER(gemlive_session_poll_event)
STATUS_IS_AN_ANSWER(gemlive_model_poll_event)
STATUS_IS_AN_ANSWER(gemlive_session_get_chat_context)
STATUS_IS_AN_ANSWER(gemlive_session_save)
STATUS_IS_AN_ANSWER(gemlive_session_get_open_calls)
STATUS_IS_AN_ANSWER(gemlive_session_get_tools)
STATUS_IS_AN_ANSWER(gemlive_session_get_capabilities)
STATUS_IS_AN_ANSWER(gemlive_json_quote)

/* Text: bytes in, a borrowed pointer out. */
%typemap(ctype) const char * "char *"
%typemap(imtype) const char * "byte[]"
%typemap(cstype) const char * "byte[]"
%typemap(csin) const char * "$csinput"
%typemap(in) const char * "$1 = $input;"
%typemap(imtype, out="global::System.IntPtr") const char * "byte[]"
%typemap(cstype, out="global::System.IntPtr") const char * "byte[]"
%typemap(out) const char * "$result = (char *)$1;"
%typemap(csout, excode="") const char * { return $imcall; }

/* Memory of the caller, pinned by the caller, or borrowed from an event. */
%define MEMORY(CTYPE, CSTYPE)
%typemap(ctype) CTYPE *, const CTYPE * "void *"
%typemap(imtype) CTYPE *, const CTYPE * #CSTYPE "*"
%typemap(cstype) CTYPE *, const CTYPE * #CSTYPE "*"
%typemap(csin) CTYPE *, const CTYPE * "$csinput"
%typemap(in) CTYPE *, const CTYPE * "$1 = ($1_ltype)$input;"
%typemap(out) CTYPE *, const CTYPE * "$result = (void *)$1;"
%typemap(csout, excode="") CTYPE *, const CTYPE * { return $imcall; }
%enddef
MEMORY(int16_t, short)
MEMORY(uint8_t, byte)
MEMORY(float, float)
%typemap(ctype) char *buffer "void *"
%typemap(imtype) char *buffer "byte*"
%typemap(cstype) char *buffer "byte*"
%typemap(csin) char *buffer "$csinput"
%typemap(in) char *buffer "$1 = ($1_ltype)$input;"

/* Sizes are as wide as a pointer. */
%typemap(ctype) size_t "size_t"
%typemap(imtype) size_t "global::System.UIntPtr"
%typemap(cstype) size_t "global::System.UIntPtr"
%typemap(csin) size_t "$csinput"
%typemap(in) size_t "$1 = $input;"
%typemap(out) size_t "$result = $1;"
%typemap(csout, excode="") size_t { return $imcall; }
%typemap(ctype) intptr_t "intptr_t"
%typemap(imtype) intptr_t "global::System.IntPtr"
%typemap(cstype) intptr_t "global::System.IntPtr"
%typemap(out) intptr_t "$result = $1;"
%typemap(csout, excode="") intptr_t { return $imcall; }
%typemap(ctype) size_t * "size_t *"
%typemap(imtype) size_t * "out global::System.UIntPtr"
%typemap(cstype) size_t * "out global::System.UIntPtr"
%typemap(csin) size_t * "out $csinput"
%typemap(in) size_t * "$1 = $input;"
%typemap(ctype) uint64_t * "uint64_t *"
%typemap(imtype) uint64_t * "out ulong"
%typemap(cstype) uint64_t * "out ulong"
%typemap(csin) uint64_t * "out $csinput"
%typemap(in) uint64_t * "$1 = $input;"

/* With types of C: those of the library are declared after this file. */
HANDLE(void)
int32_t waker_watch(void *session, int64_t token);
int64_t waker_wait(int64_t timeout_ms);
void waker_interrupt(void);
