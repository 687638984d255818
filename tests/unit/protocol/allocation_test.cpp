#include <atomic>
#include <cstdlib>
#include <new>

#include "base/base64.hpp"
#include "protocol/audio_assembler.hpp"
#include "protocol/client_message.hpp"
#include "shared_data.hpp"

namespace {

std::atomic<size_t> allocations{0};

void *counted(size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void *const memory = std::malloc(size > 0 ? size : 1)) {
        return memory;
    }
    throw std::bad_alloc();
}

}  // namespace

void *operator new(size_t size)
{
    return counted(size);
}

void *operator new[](size_t size)
{
    return counted(size);
}

void *operator new(size_t size, const std::nothrow_t &) noexcept
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(size > 0 ? size : 1);
}

void *operator new[](size_t size, const std::nothrow_t &) noexcept
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(size > 0 ? size : 1);
}

void operator delete(void *memory) noexcept
{
    std::free(memory);
}

void operator delete[](void *memory) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, size_t) noexcept
{
    std::free(memory);
}

void operator delete[](void *memory, size_t) noexcept
{
    std::free(memory);
}

namespace gemlive::protocol::test {
namespace {

std::string audio_message(size_t bytes, const char *mime_type)
{
    const std::vector<uint8_t> pcm(bytes, 0x5a);
    return std::string(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":")") + mime_type +
           R"(","data":")" + base64::encode(pcm) +
           R"("}}],"role":"model"},"outputTranscription":{"text":"Hello "}}})";
}

TEST(Allocation, CountsWhatIsAllocated)
{
    const size_t before = allocations.load();
    const auto memory = std::make_unique<std::string>(1000, 'x');
    EXPECT_GE(allocations.load() - before, 2u);
    EXPECT_EQ(memory->size(), 1000u);
}

TEST(Allocation, NoneForAudioMessagesInSteadyState)
{
    std::vector<std::string> messages = {audio_message(9600, "audio/pcm;rate=24000"),
                                         audio_message(11520, "audio/pcm"), audio_message(11114, "audio/pcm"),
                                         audio_message(2, "audio/pcm;rate=24000"), "{}"};
    for (std::string &message : messages) {
        message.append(Decoder::padding, ' ');
    }
    Decoder decoder;
    ServerMessage out;
    AudioAssembler assembler;
    size_t samples = 0;
    const auto round = [&] {
        for (const std::string &message : messages) {
            const Error error =
                decoder.decode(message.data(), message.size() - Decoder::padding, message.size(), out);
            ASSERT_FALSE(error);
            for (const Part &part : out.content.parts) {
                samples += assembler.add(part.data)->size();
            }
        }
    };
    round();
    const size_t before = allocations.load();
    for (int i = 0; i < 100; ++i) {
        round();
    }
    EXPECT_EQ(allocations.load() - before, 0u);
    EXPECT_EQ(samples, 101u * (9600 + 11520 + 11114 + 2) / 2);
}

TEST(Allocation, NoneForOutgoingAudioInSteadyState)
{
    const std::vector<int16_t> packet(800, 1234);
    std::string out;
    encode_audio(packet, 16000, out);
    const size_t size = out.size();
    const size_t before = allocations.load();
    for (int i = 0; i < 100; ++i) {
        out.clear();
        encode_audio(packet, 16000, out);
    }
    EXPECT_EQ(allocations.load() - before, 0u);
    EXPECT_EQ(out.size(), size);
}

TEST(Allocation, NoneForOutgoingVideoInSteadyState)
{
    const std::vector<uint8_t> image(50000, 0xd8);
    std::string out;
    ASSERT_FALSE(encode_video("image/jpeg", image, out));
    const size_t before = allocations.load();
    for (int i = 0; i < 10; ++i) {
        out.clear();
        const Error error = encode_video("image/jpeg", image, out);
        ASSERT_FALSE(error);
    }
    EXPECT_EQ(allocations.load() - before, 0u);
}

}  // namespace
}  // namespace gemlive::protocol::test
