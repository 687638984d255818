// A child that is forked while the library is in use has its memory and none of its threads.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "contract.hpp"

namespace {

#if defined(__SANITIZE_ADDRESS__)
#define GEMLIVE_TEST_LEAKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GEMLIVE_TEST_LEAKS 1
#endif
#endif

// With the C library's own clean-up. The leak checker would miss the stacks of the threads that are not here.
[[noreturn]] void leave(int code)
{
#ifdef GEMLIVE_TEST_LEAKS
    _exit(code);
#else
    std::exit(code);
#endif
}

// The child's exit code; -1 when it did not get to its end.
template <typename Body>
int in_child(Body &&body)
{
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        alarm(60);
        leave(body());
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class Fork : public Contract {};

TEST_F(Fork, AForkedChildIsAnsweredInvalidStateAtOnce)
{
    gemlive_model *const model = unreachable_model();
    gemlive_session *const session = this->session(model);
    const int line = in_child([&]() -> int {
        gemlive_options *options = nullptr;
        gemlive_session *second = nullptr;
        gemlive_event *event = nullptr;
        int16_t samples[160] = {1};
        size_t count = 1;
        const gemlive_status answers[] = {
            gemlive_options_create(&options),
            gemlive_session_create(model, nullptr, &second),
            gemlive_session_poll_event(session, -1, &event),
            gemlive_session_write_audio_s16(session, samples, 160, -1, &count),
            gemlive_session_push_audio_s16(session, samples, 160, &count),
            gemlive_session_read_audio_s16(session, samples, 160, &count),
            gemlive_session_close(session),
            gemlive_model_close(model),
            gemlive_shutdown(60'000),
        };
        for (const gemlive_status &answer : answers) {
            if (answer != GEMLIVE_ERROR_INVALID_STATE) {
                return 1 + static_cast<int>(&answer - answers);
            }
        }
        if (!std::strstr(gemlive_last_error_message(), "forked") || samples[0] != 0 || count != 0) {
            return 100;
        }
        gemlive_session_destroy(session);
        gemlive_model_destroy(model);
        gemlive_destroy_all();
        return 0;
    });
    EXPECT_EQ(line, 0);
    EXPECT_EQ(gemlive_session_interrupt(session), GEMLIVE_OK) << "the parent's session must not notice";
}

TEST_F(Fork, AChildOfAProcessThatDoesNotUseTheLibraryMayUseIt)
{
    ASSERT_EQ(gemlive_shutdown(20'000), GEMLIVE_OK);
    const int line = in_child([]() -> int {
        gemlive_model *model = nullptr;
        if (gemlive_model_create(nullptr, &model) != GEMLIVE_OK) {
            return 1;
        }
        gemlive_model_destroy(model);
        return gemlive_shutdown(20'000) == GEMLIVE_OK ? 0 : 2;
    });
    EXPECT_EQ(line, 0);
}

}  // namespace
