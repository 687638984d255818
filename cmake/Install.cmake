# What `cmake --install` puts where, and how pkg-config finds it. In the build tree pkg-config finds the tree itself.
include(GNUInstallDirs)

install(TARGETS gemlive LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/gemlive DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(GEMLIVE_BUILD_EMULATOR)
    install(TARGETS gemlive-emulator RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(GEMLIVE_BUILD_EXAMPLES)
    install(TARGETS gemlive-talk RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

function(gemlive_pkg_config output prefix libdir includedir)
    set(GEMLIVE_PC_PREFIX ${prefix})
    set(GEMLIVE_PC_LIBDIR ${libdir})
    set(GEMLIVE_PC_INCLUDEDIR ${includedir})
    configure_file(${PROJECT_SOURCE_DIR}/cmake/gemlive.pc.in ${output} @ONLY)
endfunction()

# The package can be moved as a whole: pkg-config knows where its file lies.
file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /.)
string(REGEX REPLACE "/$" "" up "${up}")
gemlive_pkg_config(${PROJECT_BINARY_DIR}/gemlive.pc "\${pcfiledir}/${up}" "\${prefix}/${CMAKE_INSTALL_LIBDIR}"
                   "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES ${PROJECT_BINARY_DIR}/gemlive.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
gemlive_pkg_config(${PROJECT_BINARY_DIR}/lib/pkgconfig/gemlive.pc ${PROJECT_BINARY_DIR} ${PROJECT_BINARY_DIR}/lib
                   ${PROJECT_SOURCE_DIR}/include)
