set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)

find_program(GEMLIVE_CCACHE ccache)
if(GEMLIVE_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER ${GEMLIVE_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${GEMLIVE_CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wno-missing-field-initializers -ffunction-sections -fdata-sections)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict)  # GCC 12 warns of its own std::string
endif()

if(GEMLIVE_SANITIZE STREQUAL "address")
    # -fsanitize=function cannot be represented in coroutine frames by Clang 14. GCC gets ASan alone: its UBSan takes
    # minutes and gigabytes on the Beast files.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        add_compile_options(-O1 -g -fsanitize=address,undefined -fno-sanitize=function -fno-sanitize-recover=all
                            -fno-omit-frame-pointer)
        add_link_options(-fsanitize=address,undefined)
    else()
        add_compile_options(-O0 -g -fsanitize=address -fno-omit-frame-pointer)
        add_link_options(-fsanitize=address)
    endif()
elseif(GEMLIVE_SANITIZE STREQUAL "thread")
    add_compile_options(-O1 -g -fsanitize=thread)
    add_link_options(-fsanitize=thread)
endif()
