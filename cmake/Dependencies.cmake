# Each outside library is one target gemlive_dep_NAME, so that a module names what it uses and gets nothing else. A project above this
# one, if there is one, sees the targets and what is kept in the cache, so both have the project's name before them.
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(Boost 1.81 REQUIRED)
if(NOT TARGET nlohmann_json::nlohmann_json)  # a project above may have brought its own
    find_package(nlohmann_json 3.11 REQUIRED)
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(GEMLIVE_SIMDJSON REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(GEMLIVE_SAMPLERATE REQUIRED IMPORTED_TARGET samplerate)
pkg_check_modules(GEMLIVE_TURBOJPEG REQUIRED IMPORTED_TARGET libturbojpeg)
pkg_check_modules(GEMLIVE_PNG REQUIRED IMPORTED_TARGET libpng)

function(gemlive_dependency name)
    add_library(gemlive_dep_${name} INTERFACE)
    target_link_libraries(gemlive_dep_${name} INTERFACE ${ARGN})
endfunction()

gemlive_dependency(threads Threads::Threads)
gemlive_dependency(crypto OpenSSL::Crypto)
gemlive_dependency(json nlohmann_json::nlohmann_json)
gemlive_dependency(simdjson PkgConfig::GEMLIVE_SIMDJSON)
gemlive_dependency(samplerate PkgConfig::GEMLIVE_SAMPLERATE)
find_library(GEMLIVE_YUV_LIBRARY yuv REQUIRED)
gemlive_dependency(images ${GEMLIVE_YUV_LIBRARY} PkgConfig::GEMLIVE_TURBOJPEG PkgConfig::GEMLIVE_PNG)

# Asio and Beast are compiled once, here, not in every file that includes them.
add_library(gemlive_dep_asio STATIC ${PROJECT_SOURCE_DIR}/cmake/asio.cpp)
target_link_libraries(gemlive_dep_asio PUBLIC Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
target_compile_definitions(gemlive_dep_asio PUBLIC
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
    BOOST_ASIO_DISABLE_BOOST_COROUTINE)

# simdutf brings SIMD base64. scripts/setup.sh unpacks its source into .cache; without it OpenSSL's base64 is used.
set(GEMLIVE_SIMDUTF_DIR ${PROJECT_SOURCE_DIR}/.cache/simdutf CACHE PATH "Folder with simdutf.h and simdutf.cpp")
if(EXISTS ${GEMLIVE_SIMDUTF_DIR}/simdutf.cpp)
    add_library(gemlive_dep_simdutf STATIC ${GEMLIVE_SIMDUTF_DIR}/simdutf.cpp)
    target_include_directories(gemlive_dep_simdutf SYSTEM PUBLIC ${GEMLIVE_SIMDUTF_DIR})
    target_compile_options(gemlive_dep_simdutf PRIVATE -w -O2)
endif()

# WebRTC's voice detector. scripts/setup.sh unpacks its source into .cache; without it voice_detection cannot be switched on.
set(GEMLIVE_VAD_DIR ${PROJECT_SOURCE_DIR}/.cache/vad CACHE PATH "Folder with webrtc/common_audio/vad")
if(EXISTS ${GEMLIVE_VAD_DIR}/webrtc/common_audio/vad/webrtc_vad.c)
    file(GLOB GEMLIVE_VAD_SOURCES CONFIGURE_DEPENDS ${GEMLIVE_VAD_DIR}/webrtc/common_audio/vad/*.c
         ${GEMLIVE_VAD_DIR}/webrtc/common_audio/signal_processing/*.c)
    add_library(gemlive_dep_vad STATIC ${GEMLIVE_VAD_SOURCES})
    target_include_directories(gemlive_dep_vad SYSTEM PUBLIC ${GEMLIVE_VAD_DIR})
    target_compile_definitions(gemlive_dep_vad PUBLIC WEBRTC_POSIX)
    target_compile_options(gemlive_dep_vad PRIVATE -w -O3)
    if(GEMLIVE_SANITIZE STREQUAL "address")
        target_compile_options(gemlive_dep_vad PRIVATE -fno-sanitize=undefined)  # it shifts negative numbers to the left
    endif()
else()
    message(STATUS "gemlive: no voice detector in ${GEMLIVE_VAD_DIR} (scripts/fetch_sources.sh): voice_detection stays off")
endif()

if(GEMLIVE_BUILD_EMULATOR OR GEMLIVE_BUILD_EXAMPLES)
    pkg_check_modules(GEMLIVE_SNDFILE REQUIRED IMPORTED_TARGET sndfile)
    gemlive_dependency(sndfile PkgConfig::GEMLIVE_SNDFILE)
    find_library(GEMLIVE_FLITE_LIBRARY flite REQUIRED)
    find_library(GEMLIVE_FLITE_LEX_LIBRARY flite_cmulex REQUIRED)
    find_library(GEMLIVE_FLITE_LANG_LIBRARY flite_usenglish REQUIRED)
    find_library(GEMLIVE_FLITE_SLT_LIBRARY flite_cmu_us_slt REQUIRED)
    find_library(GEMLIVE_FLITE_RMS_LIBRARY flite_cmu_us_rms REQUIRED)
    gemlive_dependency(flite ${GEMLIVE_FLITE_SLT_LIBRARY} ${GEMLIVE_FLITE_RMS_LIBRARY} ${GEMLIVE_FLITE_LANG_LIBRARY}
                       ${GEMLIVE_FLITE_LEX_LIBRARY} ${GEMLIVE_FLITE_LIBRARY} m)
endif()
if(GEMLIVE_BUILD_EMULATOR)
    pkg_check_modules(GEMLIVE_WEBRTC_AUDIO REQUIRED IMPORTED_TARGET webrtc-audio-processing)
    gemlive_dependency(webrtc_audio PkgConfig::GEMLIVE_WEBRTC_AUDIO)
endif()
if(GEMLIVE_BUILD_TESTS)
    find_package(GTest REQUIRED)
    gemlive_dependency(gtest GTest::gtest GTest::gmock GTest::gtest_main)
endif()
