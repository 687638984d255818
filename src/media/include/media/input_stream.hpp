#pragma once

#include "base/clock.hpp"
#include "base/status.hpp"
#include "media/audio_format.hpp"
#include "media/input_level.hpp"
#include "media/resampler.hpp"
#include "media/sample_view.hpp"
#include "media/voice_detector.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace gemlive::media {

class CallEpoch;
class CaptureChain;
class RoomSignal;
struct CaptureStream;

// A place in the pushed audio: every change of format starts a new stream, whose frames are counted at its own
// rate. Marks of one session compare by age.
struct InputMark {
    uint32_t stream = 0;
    uint64_t frames = 0;

    friend constexpr auto operator<=>(const InputMark &, const InputMark &) = default;
};

// From the microphone to the wire: pushed on the application's real-time thread, taken as 16 kHz mono 16-bit on
// the I/O thread. capture_chain.hpp shows the steps.
//
// Three sides: one pusher (push), one consumer (take, settle, flush, samples_out, voice), and any thread for the rest.
// Pushing never waits, locks or allocates; the others share a mutex that the pusher never touches.
class InputStream {
public:
    struct Settings {
        int ring_ms = 250;
        ResamplerQuality quality = ResamplerQuality::standard;
        AudioFormat format{};
        bool detect_voice = false;
    };

    explicit InputStream(const Settings &settings);
    ~InputStream();
    InputStream(const InputStream &) = delete;
    InputStream &operator=(const InputStream &) = delete;

    // Takes the first frames that the ring has room for and says how many. In the current format; none that do not
    // fit it. While it is muted takes all of them, and keeps none.
    size_t push(const SampleView &samples) noexcept;
    // Has it a plane for each channel of the current format, if any? The pusher's.
    bool fits(const SampleView &samples) noexcept;

    // From the next push on. Any thread; never waits.
    void mute(bool on) noexcept { muted_.store(on, std::memory_order_relaxed); }
    bool is_muted() const noexcept { return muted_.load(std::memory_order_relaxed); }

    // invalid_argument, or would_block while the consumer is many changes behind. The same format again changes
    // nothing.
    Status set_format(const AudioFormat &format);
    AudioFormat format() const;

    // Where a command given now belongs: after everything pushed so far.
    InputMark position() const;

    // Room in the ring. After announce_waiter() the next take that makes room adds one to space_sequence() and
    // calls the space callback, on the I/O thread: look at free_frames() between the two to miss nothing.
    size_t free_frames() const;
    void announce_waiter() noexcept;
    const std::atomic<uint32_t> &space_sequence() const noexcept;
    void set_space_callback(std::function<void()> callback);

    // When the last push came and how long its sound is: what the time of the next can be told from. A block of zero:
    // there was none yet.
    struct Pace {
        Clock::time_point last_push;
        Clock::duration block;
    };
    Pace pace() const noexcept;

    // How loud what was taken last is, mixed to mono; nothing while it is muted or nothing comes. Any thread; never waits.
    Level level() const noexcept;

    uint64_t accepted_frames() const noexcept { return accepted_.load(std::memory_order_relaxed); }
    uint64_t refused_frames() const noexcept { return refused_.load(std::memory_order_relaxed); }

    // What was pushed, up to `until` or all, as 16 kHz samples. The span lives until the next call on this side. A
    // few of the newest samples stay in the filter until more input comes.
    std::span<const int16_t> take();
    std::span<const int16_t> take(const InputMark &until);
    // The samples in the filter, without breaking the stream: after take(mark), samples_out() is then exactly the
    // mark's place on the wire.
    std::span<const int16_t> settle();
    // The end of the stream: take(), then the filter's rest, and the next input starts afresh.
    std::span<const int16_t> flush();

    // 16 kHz samples handed out so far: the index of the next one in the session.
    uint64_t samples_out() const noexcept;
    // Of what was taken; the consumer's.
    void detect_voice(bool on) noexcept;
    std::vector<VoiceDetector::Change> take_voice_changes();
    void interrupt_voice() { detector().interrupt(); }  // nothing comes any more: who spoke has stopped
    // When voice was last heard in the microphone; absent: never yet, or nobody listens for it.
    std::optional<Clock::time_point> last_voice() const noexcept;

    // Frames that wait in the rings, those of the formats before the current one too.
    size_t waiting_frames() const;

private:
    void consume(const InputMark &until);
    VoiceDetector &detector() noexcept;
    bool is_over(const CaptureStream &stream) const;
    void free_oldest();

    const Settings settings_;

    std::atomic<CaptureStream *> current_;  // stored and loaded as CallEpoch says
    const std::unique_ptr<CallEpoch> pusher_;
    std::atomic<bool> muted_{false};
    std::atomic<uint64_t> accepted_{0};
    std::atomic<uint64_t> refused_{0};
    InputLevel level_;
    std::atomic<Clock::rep> last_push_{0};
    std::atomic<Clock::rep> block_{0};
    const std::unique_ptr<RoomSignal> room_;

    mutable std::mutex mutex_;
    std::deque<std::unique_ptr<CaptureStream>> streams_;  // oldest first; the last one is current_

    // The consumer's own.
    CaptureStream *oldest_;
    const std::unique_ptr<CaptureChain> chain_;
};

}  // namespace gemlive::media
