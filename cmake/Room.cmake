# gemlive_room(NAME SOURCES a.cpp … ROOMS base … LIBRARIES dep_… [PRIVATE_LIBRARIES dep_…])
#
# A room of src/ as a static library. Its headers for other rooms are in src/NAME/include/NAME and are included as
# "NAME/x.hpp". ROOMS are the arrows of docs/architecture.md: only those rooms' headers can be included.
function(gemlive_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
    set(target gemlive_${name})
    add_library(${target} STATIC ${ROOM_SOURCES})
    target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include
                                         PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    foreach(room IN LISTS ROOM_ROOMS)
        target_link_libraries(${target} PUBLIC gemlive_${room})
    endforeach()
    target_link_libraries(${target} PUBLIC ${ROOM_LIBRARIES} PRIVATE ${ROOM_PRIVATE_LIBRARIES})
endfunction()

# gemlive_test(NAME SOURCES a_test.cpp … ROOMS base … [LIBRARIES …]): a GoogleTest program whose cases ctest lists.
function(gemlive_test name)
    cmake_parse_arguments(TEST "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    foreach(room IN LISTS TEST_ROOMS)
        target_link_libraries(${name} PRIVATE gemlive_${room})
    endforeach()
    target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} dep_gtest)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    target_compile_definitions(${name} PRIVATE
        GEMLIVE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" GEMLIVE_BIN_DIR="${PROJECT_BINARY_DIR}/bin"
        GEMLIVE_LIB_DIR="${PROJECT_BINARY_DIR}/lib")
    set_property(GLOBAL APPEND PROPERTY GEMLIVE_TEST_PROGRAMS ${name})
    add_test(NAME ${name} COMMAND ${name})
endfunction()
