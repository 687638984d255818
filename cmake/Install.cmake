# What `cmake --install` puts where. Nothing that is installed knows its prefix, so a prefix can be moved as a whole,
# unless a packager fixed the folder of the libraries.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS gemlive EXPORT gemlive-targets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT gemlive-library NAMELINK_COMPONENT gemlive-development
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/gemlive DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT gemlive-development)

foreach(program gemlive-emulator gemlive-talk gemlive-say)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT gemlive-programs)
    endif()
endforeach()
if(TARGET gemlive-talk)  # finds the library from where it lies itself
    if(IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})  # which stays where it is, whatever the prefix
        set_property(TARGET gemlive-talk APPEND PROPERTY INSTALL_RPATH ${CMAKE_INSTALL_LIBDIR})
    else()
        file(RELATIVE_PATH to_library ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
        set_property(TARGET gemlive-talk APPEND PROPERTY INSTALL_RPATH \$ORIGIN/${to_library})
    endif()
endif()

# For find_package(gemlive). While the version is 0.x, another minor version may break the ABI; the SONAME says so too.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/gemlive)
install(EXPORT gemlive-targets NAMESPACE gemlive:: DESTINATION ${package_dir} COMPONENT gemlive-development)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/gemlive-config.cmake.in ${PROJECT_BINARY_DIR}/gemlive-config.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/gemlive-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/gemlive-config.cmake ${PROJECT_BINARY_DIR}/gemlive-config-version.cmake
        DESTINATION ${package_dir} COMPONENT gemlive-development)

# For pkg-config, which knows where its file lies.
if(IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
    set(GEMLIVE_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
else()
    file(RELATIVE_PATH to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
    string(REGEX REPLACE "/$" "" GEMLIVE_PC_PREFIX "\${pcfiledir}/${to_prefix}")
endif()
cmake_path(APPEND GEMLIVE_PC_LIBDIR "\${prefix}" ${CMAKE_INSTALL_LIBDIR})
cmake_path(APPEND GEMLIVE_PC_INCLUDEDIR "\${prefix}" ${CMAKE_INSTALL_INCLUDEDIR})
configure_file(${PROJECT_SOURCE_DIR}/cmake/gemlive.pc.in ${PROJECT_BINARY_DIR}/gemlive.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/gemlive.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT gemlive-development)

if(PROJECT_IS_TOP_LEVEL)
    set(doc_dir ${CMAKE_INSTALL_DOCDIR})
else()  # that would be the folder of the project above
    set(doc_dir ${CMAKE_INSTALL_DATAROOTDIR}/doc/gemlive)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${doc_dir} COMPONENT gemlive-library)
# The notices of what is compiled into the library.
install(FILES ${PROJECT_SOURCE_DIR}/cmake/notices/nlohmann-json.txt DESTINATION ${doc_dir}/third-party
        COMPONENT gemlive-library)
if(TARGET gemlive_dep_vad)
    install(FILES ${GEMLIVE_VAD_DIR}/LICENSE RENAME webrtc-vad.txt DESTINATION ${doc_dir}/third-party COMPONENT gemlive-library)
endif()
if(TARGET gemlive_dep_simdutf)
    install(FILES ${GEMLIVE_SIMDUTF_DIR}/LICENSE RENAME simdutf.txt DESTINATION ${doc_dir}/third-party COMPONENT gemlive-library)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${doc_dir} COMPONENT gemlive-development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${doc_dir} COMPONENT gemlive-development
        FILES_MATCHING PATTERN "*.md")
