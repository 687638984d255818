set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# Within another project that one says where things are built; only the tests look for them here.
if(PROJECT_IS_TOP_LEVEL OR GEMLIVE_BUILD_TESTS)
    set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
    set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
    set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
endif()

find_program(GEMLIVE_CCACHE ccache)
foreach(language C CXX)
    if(GEMLIVE_CCACHE AND NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
        set(CMAKE_${language}_COMPILER_LAUNCHER ${GEMLIVE_CCACHE})
    endif()
endforeach()

add_compile_options(-Wall -Wextra -Wno-missing-field-initializers -ffunction-sections -fdata-sections)

# What a project above asks of its own code (-Werror, -fno-exceptions, one source made of many) is not asked of this.
if(NOT PROJECT_IS_TOP_LEVEL)
    set(CMAKE_UNITY_BUILD OFF)
    set(CMAKE_COMPILE_WARNING_AS_ERROR OFF)
    get_directory_property(options_above COMPILE_OPTIONS)
    if("${options_above};${CMAKE_CXX_FLAGS}" MATCHES "-Werror|-fno-")
        add_compile_options(-w $<$<COMPILE_LANGUAGE:CXX>:-fexceptions> $<$<COMPILE_LANGUAGE:CXX>:-frtti>)
    endif()
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict)  # GCC 12 warns of its own std::string
endif()

if(GEMLIVE_SANITIZE)
    add_compile_definitions(GEMLIVE_SANITIZED)  # what a sanitizer would not see, or changes the meaning of, asks for it
endif()
if(GEMLIVE_SANITIZE STREQUAL "address")
    # -fsanitize=function cannot be represented in coroutine frames by Clang 14. GCC gets ASan alone: its UBSan takes
    # minutes and gigabytes on the Beast files. Not optimised: it compiles in half the time, and nothing is folded away
    # before it is checked.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        add_compile_options(-O0 -gline-tables-only -fsanitize=address,undefined -fno-sanitize=function -fno-sanitize-recover=all
                            -fno-omit-frame-pointer)
        add_link_options(-fsanitize=address,undefined)
    else()
        add_compile_options(-O0 -g1 -fsanitize=address -fno-omit-frame-pointer)
        add_link_options(-fsanitize=address)
    endif()
elseif(GEMLIVE_SANITIZE STREQUAL "thread")
    add_compile_options(-O1 -gline-tables-only -fsanitize=thread)
    add_link_options(-fsanitize=thread)
endif()
