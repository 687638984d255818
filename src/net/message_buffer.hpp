#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include <boost/asio/execution_context.hpp>

namespace gemlive::net {

struct Buffer {
    std::unique_ptr<char[]> data;
    size_t capacity = 0;
};

// The read buffers of one I/O thread. A link holds one only while a message that does not fit into its own small
// buffer is coming in, so a thousand idle links need none, and steady traffic allocates nothing. It keeps a few of two
// sizes; those of larger messages are freed at once.
class BufferPool : public boost::asio::execution_context::service {
public:
    using key_type = BufferPool;
    static boost::asio::execution_context::id id;

    struct Size {
        size_t capacity;
        size_t max_kept;
    };
    // 400 ms of the model's audio in one message; what came at once after a short outage.
    static constexpr std::array sizes{Size{32 * 1024, 4}, Size{256 * 1024, 2}};

    explicit BufferPool(boost::asio::execution_context &context) : service(context) {}

    Buffer take(size_t capacity);
    void give_back(Buffer buffer);

    size_t allocated() const { return allocated_; }  // buffers that were not there to be taken

private:
    void shutdown() override;

    std::array<std::vector<Buffer>, sizes.size()> kept_;
    size_t allocated_ = 0;
};

// What has arrived of the message that is coming in.
class MessageBuffer {
public:
    // Readable memory behind the message, which SIMD parsers want.
    static constexpr size_t padding = 64;

    explicit MessageBuffer(BufferPool &pool) : pool_(pool) {}

    char *data() { return big_.data ? big_.data.get() : small_; }
    size_t size() const { return size_; }
    size_t capacity() const { return big_.data ? big_.capacity : sizeof small_; }
    size_t room() const { return capacity() - padding - size_; }
    char *end() { return data() + size_; }

    void add(size_t size) { size_ += size; }
    void make_room(size_t size);
    void clear();

private:
    BufferPool &pool_;
    Buffer big_;
    size_t size_ = 0;
    char small_[1536 + padding];  // Beast's own buffer holds so much, and gives it out in one go
};

}  // namespace gemlive::net
