// What the end of a process takes away from threads that still run then.
#include <gemlive/gemlive.h>
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include <cstdlib>

namespace {

constexpr int openssl_was_cleaned_up = 3;

// OpenSSL calls it at the beginning of its clean-up.
void say_so()
{
    std::_Exit(openssl_was_cleaned_up);
}

// Making a model was the first use of OpenSSL, and I/O threads lost their locks at exit: a race of one run in forty.
TEST(ExitDeathTest, OpensslIsNotCleanedUpWhileAnIoThreadMayRun)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // a process in which nothing has used OpenSSL yet
    EXPECT_EXIT(
        {
            gemlive_options *options = nullptr;
            gemlive_options_create(&options);
            gemlive_model *model = nullptr;
            const bool made = gemlive_model_create(options, &model) == GEMLIVE_OK;
            OPENSSL_atexit(say_so);
            std::exit(made ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

}  // namespace
