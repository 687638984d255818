// In steady state no message costs an allocation on the I/O thread, in either direction, whether Beast, Asio or we ask
// for it. OpenSSL's own (40 bytes each: three for a record that it writes, one for one that it reads) are its affair.
#include <cstdlib>

#include <openssl/crypto.h>

#include "link_fixture.hpp"
#include "support/counted_allocations.hpp"

#ifndef GEMLIVE_SANITIZED
extern "C" {
void *__libc_malloc(size_t size);
void *__libc_realloc(void *memory, size_t size);
}

namespace {

// Before OpenSSL allocates anything.
[[maybe_unused]] const int openssl_is_not_counted = CRYPTO_set_mem_functions(
    [](size_t size, const char *, int) { return __libc_malloc(size); },
    [](void *memory, size_t size, const char *, int) { return __libc_realloc(memory, size); },
    [](void *memory, const char *, int) { std::free(memory); });

}  // namespace
#endif

namespace gemlive::net {
namespace {

// Answers each message with one of a packet of speech.
class Echo : public LinkHandler {
public:
    explicit Echo(std::shared_ptr<Link> &link) : link_(link) {}

    bool next_message(std::string &out) override
    {
        if (to_send_ == 0) {
            return false;
        }
        --to_send_;
        out.assign(2200, 'a');
        return true;
    }
    void on_message(char *, size_t, size_t, bool) override
    {
        ++messages;
        test::count_allocations(messages >= warm_up && messages < total);
    }
    void on_batch_end() override
    {
        to_send_ = messages - answered_;
        answered_ = messages;
        link_->wake();
    }
    void on_end(const LinkEnd &) override { test::count_allocations(false); }

    static constexpr size_t warm_up = 100;
    static constexpr size_t total = 500;
    size_t messages = 0;

private:
    std::shared_ptr<Link> &link_;
    size_t answered_ = 0;
    size_t to_send_ = 0;
};

class AllocationTest : public LinkTest {};

TEST_P(AllocationTest, NoMessageCostsAnAllocationInEitherDirection)
{
#ifdef GEMLIVE_SANITIZED
    GTEST_SKIP() << "a sanitizer's allocator";
#endif
    const auto server = serve([](ServerConnection &connection) {
        for (size_t i = 0; i < Echo::total; ++i) {
            connection.send_binary(std::string(13'000, 'v'));
            connection.receive();
        }
        connection.send_close(1000, "");
        connection.wait_for_hang_up();
    });
    const DialResult result = dial(options(server->port(), GetParam()));
    ASSERT_FALSE(result.error) << result.error.message;
    Echo echo(link);
    link->start(echo);
    run();
    EXPECT_EQ(echo.messages, Echo::total);
    EXPECT_EQ(test::take_counted_allocations(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Wire, AllocationTest, ::testing::Values(true, false),
                         [](const auto &info) { return info.param ? "tls" : "plain"; });

}  // namespace
}  // namespace gemlive::net
