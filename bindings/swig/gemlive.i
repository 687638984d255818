/* What SWIG reads for every language: its own typemaps, then the generated declarations of the public headers. */
%module gemlive

%include <stdint.i>

#if defined(SWIGJAVA)
%include "java.i"
#elif defined(SWIGCSHARP)
%include "csharp.i"
#elif defined(SWIGGO)
%include "go.i"
#endif

%{
#include <gemlive/gemlive.h>
%}

%include "declarations.i"
%include "samples.i"
%include "video.i"
