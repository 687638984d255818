// Debian's libwebrtc_audio_processing exports a main() of a tool of its own, which the linker would take before
// the one in GoogleTest's archive.

#include <gtest/gtest.h>

int main(int count, char **arguments)
{
    testing::InitGoogleTest(&count, arguments);
    return RUN_ALL_TESTS();
}
