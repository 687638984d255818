#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gemlive::emulator {

constexpr int output_rate = 24000;

using Samples = std::shared_ptr<const std::vector<int16_t>>;  // mono at output_rate

// Turns text into speech; `ready` is called later on the loop that the emulator runs on.
class Voice {
public:
    virtual ~Voice() = default;
    virtual void speak(const std::string &text, const std::string &voice, std::function<void(Samples)> ready) = 0;
};

// Flite, here and now. `voice` is "slt" or "rms", or a name of the service, which stands for one of the two.
std::vector<int16_t> synthesise(const std::string &text, const std::string &voice);
bool is_known_voice(const std::string &voice);

// Speaks on one thread of its own, since Flite is not re-entrant and takes longer than a loop may stand still;
// keeps what it said, because a thousand characters greet with the same words.
class FliteVoice : public Voice {
public:
    using Post = std::function<void(std::function<void()>)>;

    // `post` hands a function to the loop, from any thread.
    explicit FliteVoice(Post post);
    ~FliteVoice() override;

    void speak(const std::string &text, const std::string &voice, std::function<void(Samples)> ready) override;

private:
    struct Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace gemlive::emulator
