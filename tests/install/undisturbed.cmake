# What a project still has as it was, after the library's has been added to it: its folders, its flags, its targets.
# EXPECTED are the variables that the test has set.
foreach(variable CMAKE_RUNTIME_OUTPUT_DIRECTORY CMAKE_LIBRARY_OUTPUT_DIRECTORY CMAKE_ARCHIVE_OUTPUT_DIRECTORY
                 CMAKE_C_STANDARD CMAKE_CXX_STANDARD CMAKE_CXX_EXTENSIONS CMAKE_POSITION_INDEPENDENT_CODE
                 CMAKE_CXX_VISIBILITY_PRESET CMAKE_VISIBILITY_INLINES_HIDDEN CMAKE_C_COMPILER_LAUNCHER
                 CMAKE_CXX_COMPILER_LAUNCHER CMAKE_MODULE_PATH CMAKE_UNITY_BUILD CMAKE_COMPILE_WARNING_AS_ERROR)
    if(NOT "${${variable}}" STREQUAL "" AND NOT variable IN_LIST EXPECTED)
        message(FATAL_ERROR "gemlive has set ${variable} to ${${variable}}")
    endif()
endforeach()
foreach(property COMPILE_OPTIONS COMPILE_DEFINITIONS INCLUDE_DIRECTORIES LINK_OPTIONS LINK_LIBRARIES)
    get_directory_property(value ${property})
    if(NOT "${value}" STREQUAL "")
        message(FATAL_ERROR "gemlive has set ${property} to ${value}")
    endif()
endforeach()

# Every target of a folder and those below it.
function(all_targets folder output)
    get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
    get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
    foreach(below IN LISTS folders)
        all_targets(${below} more)
        list(APPEND targets ${more})
    endforeach()
    set(${output} ${targets} PARENT_SCOPE)
endfunction()
all_targets(${CMAKE_CURRENT_SOURCE_DIR} targets)
list(REMOVE_ITEM targets game)
foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(NOT target MATCHES "^gemlive" OR NOT type MATCHES "_LIBRARY$")
        message(FATAL_ERROR "gemlive has brought the target ${target}")
    endif()
endforeach()
