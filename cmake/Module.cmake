# gemlive_module(NAME SOURCES a.cpp … MODULES base … LIBRARIES gemlive_dep_… [PRIVATE_LIBRARIES gemlive_dep_…])
#
# A module of src/ as a static library. Its headers for other modules are in src/NAME/include/NAME and are included as
# "NAME/x.hpp". MODULES are the arrows of docs/architecture.md: only those modules' headers can be included.
function(gemlive_module name)
    cmake_parse_arguments(MODULE "" "" "SOURCES;MODULES;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
    set(target gemlive_${name})
    add_library(${target} STATIC ${MODULE_SOURCES})
    target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include
                                         PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    foreach(module IN LISTS MODULE_MODULES)
        target_link_libraries(${target} PUBLIC gemlive_${module})
    endforeach()
    target_link_libraries(${target} PUBLIC ${MODULE_LIBRARIES} PRIVATE ${MODULE_PRIVATE_LIBRARIES})
    gemlive_precompiled(${target})
endfunction()

# gemlive_test(NAME [THREADED] SOURCES a_test.cpp … MODULES base … [LIBRARIES …]): a GoogleTest program whose cases ctest lists.
# THREADED: threads of ours meet in it, so tests/run.sh runs it under ThreadSanitizer too.
function(gemlive_test name)
    cmake_parse_arguments(TEST "THREADED" "" "SOURCES;MODULES;LIBRARIES" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    foreach(module IN LISTS TEST_MODULES)
        target_link_libraries(${name} PRIVATE gemlive_${module})
    endforeach()
    target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} gemlive_dep_gtest)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    gemlive_precompiled(${name})
    target_compile_options(${name} PRIVATE -O0)  # what is tested is optimised; the tests compile in half the time
    target_compile_definitions(${name} PRIVATE
        GEMLIVE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" GEMLIVE_BIN_DIR="${PROJECT_BINARY_DIR}/bin"
        GEMLIVE_LIB_DIR="${PROJECT_BINARY_DIR}/lib")
    set_property(GLOBAL APPEND PROPERTY GEMLIVE_TEST_PROGRAMS ${name})
    if(TEST_THREADED)
        set_property(GLOBAL APPEND PROPERTY GEMLIVE_THREADED_TEST_PROGRAMS ${name})
    endif()
    add_test(NAME ${name} COMMAND ${name})
endfunction()
