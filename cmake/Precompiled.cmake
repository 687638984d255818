# gemlive_precompiled(NAME): lets a target use the large outside headers compiled once for all targets of its kind.
#
# Only where Clang builds with a sanitizer: it takes a quarter off the time of a file there. The release build reads every header
# anew, so a file that includes too little does not compile there. (GCC gains nothing by it.)
if(NOT GEMLIVE_SANITIZE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR NOT GEMLIVE_BUILD_TESTS)
    function(gemlive_precompiled name)
    endfunction()
    return()
endif()

if(GEMLIVE_CCACHE)
    # ccache takes a precompiled header into account only when it is told that macros within it do not change.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${GEMLIVE_CCACHE})
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang$<SEMICOLON>-fno-pch-timestamp>)
endif()

# A library's code is position independent in another way than a program's, and Clang keeps the two apart.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "int main()\n{\n}\n")
add_library(gemlive_precompiled_library STATIC EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled.cpp)
add_executable(gemlive_precompiled_program EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled.cpp)
foreach(kind library program)
    target_link_libraries(gemlive_precompiled_${kind} PRIVATE gemlive_dep_json gemlive_dep_gtest)
    target_precompile_headers(gemlive_precompiled_${kind} PRIVATE
        $<$<COMPILE_LANGUAGE:CXX>:${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp>)
endforeach()

target_compile_options(gemlive_precompiled_program PRIVATE -O0)  # as gemlive_test() has it: Clang takes no other

function(gemlive_precompiled name)
    get_target_property(sources ${name} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.c$")
    set_source_files_properties(${sources} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    get_target_property(type ${name} TYPE)
    if(type STREQUAL "EXECUTABLE")
        target_precompile_headers(${name} REUSE_FROM gemlive_precompiled_program)
    else()
        target_precompile_headers(${name} REUSE_FROM gemlive_precompiled_library)
    endif()
endfunction()
