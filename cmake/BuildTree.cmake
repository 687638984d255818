# A build tree is found as a prefix is, before anything is installed: by pkg-config in lib/pkgconfig.
file(RELATIVE_PATH to_include ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR}/include)
string(REPLACE " " "\\ " to_include "${to_include}")
set(GEMLIVE_PC_PREFIX "\${pcfiledir}/../..")
set(GEMLIVE_PC_LIBDIR "\${prefix}/lib")
set(GEMLIVE_PC_INCLUDEDIR "\${prefix}/${to_include}")
configure_file(${PROJECT_SOURCE_DIR}/cmake/gemlive.pc.in ${PROJECT_BINARY_DIR}/lib/pkgconfig/gemlive.pc @ONLY)
