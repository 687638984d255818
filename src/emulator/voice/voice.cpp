#include "voice.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include <samplerate.h>

extern "C" {
#include <flite/flite.h>
cst_voice *register_cmu_us_slt(const char *voxdir);
cst_voice *register_cmu_us_rms(const char *voxdir);
}

namespace gemlive::emulator {
namespace {

constexpr size_t cache_samples = 16u << 20;  // 32 MB of speech, about eleven minutes
constexpr size_t queue_bound = 1024;

// The deeper voices of the service sound like rms, all others like slt.
bool is_deep(const std::string &voice)
{
    static const std::set<std::string> deep = {"rms",        "Puck",         "Charon",  "Fenrir",  "Orus",
                                               "Enceladus",  "Iapetus",      "Umbriel", "Algieba", "Algenib",
                                               "Rasalgethi", "Alnilam",      "Schedar", "Achird",  "Sadachbia",
                                               "Sadaltager", "Zubenelgenubi"};
    return deep.count(voice) != 0;
}

struct Flite {
    Flite()
    {
        flite_init();
        high = register_cmu_us_slt(nullptr);
        deep = register_cmu_us_rms(nullptr);
    }

    cst_voice *high;
    cst_voice *deep;
    std::mutex mutex;
};

Flite &flite()
{
    static Flite instance;
    return instance;
}

std::vector<int16_t> to_output_rate(const cst_wave &wave)
{
    if (wave.sample_rate == output_rate)
        return {wave.samples, wave.samples + wave.num_samples};
    std::vector<float> in(static_cast<size_t>(wave.num_samples));
    src_short_to_float_array(wave.samples, in.data(), wave.num_samples);
    const double ratio = static_cast<double>(output_rate) / wave.sample_rate;
    std::vector<float> out(static_cast<size_t>(static_cast<double>(in.size()) * ratio) + 64);
    SRC_DATA data = {};
    data.data_in = in.data();
    data.data_out = out.data();
    data.input_frames = static_cast<long>(in.size());
    data.output_frames = static_cast<long>(out.size());
    data.src_ratio = ratio;
    if (const int error = src_simple(&data, SRC_SINC_FASTEST, 1); error != 0)
        throw std::runtime_error(src_strerror(error));
    std::vector<int16_t> samples(static_cast<size_t>(data.output_frames_gen));
    src_float_to_short_array(out.data(), samples.data(), static_cast<int>(samples.size()));
    return samples;
}

}  // namespace

std::vector<int16_t> synthesise(const std::string &text, const std::string &voice)
{
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return {};
    Flite &f = flite();
    const std::lock_guard lock(f.mutex);
    cst_wave *wave = flite_text_to_wave(text.c_str(), is_deep(voice) ? f.deep : f.high);
    if (wave == nullptr)
        return {};
    std::vector<int16_t> samples = to_output_rate(*wave);
    delete_wave(wave);
    return samples;
}

bool is_known_voice(const std::string &voice)
{
    static const std::set<std::string> high = {"slt",     "Achernar",    "Aoede",   "Autonoe",      "Callirrhoe",
                                               "Despina", "Erinome",     "Gacrux",  "Kore",         "Laomedeia",
                                               "Leda",    "Pulcherrima", "Sulafat", "Vindemiatrix", "Zephyr"};
    return is_deep(voice) || high.count(voice) != 0;
}

struct FliteVoice::Worker {
    struct Job {
        std::string text;
        std::string voice;
        std::function<void(Samples)> ready;
    };

    explicit Worker(Post post) : post(std::move(post)), thread([this] { run(); }) {}

    ~Worker()
    {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        wake.notify_one();
        thread.join();
    }

    void run()
    {
        for (;;) {
            Job job;
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return stopping || !jobs.empty(); });
                if (stopping)
                    return;
                job = std::move(jobs.front());
                jobs.pop_front();
            }
            Samples samples = find_or_speak(job);
            post([ready = std::move(job.ready), samples] { ready(samples); });
        }
    }

    Samples find_or_speak(const Job &job)
    {
        const std::string key = (is_deep(job.voice) ? "d" : "h") + job.text;
        if (const auto found = cache.find(key); found != cache.end())
            return found->second;
        auto samples = std::make_shared<const std::vector<int16_t>>(synthesise(job.text, job.voice));
        cached += samples->size();
        cache.emplace(key, samples);
        order.push_back(key);
        while (cached > cache_samples && order.size() > 1) {
            cached -= cache.at(order.front())->size();
            cache.erase(order.front());
            order.pop_front();
        }
        return samples;
    }

    Post post;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Job> jobs;
    bool stopping = false;
    std::unordered_map<std::string, Samples> cache;  // the thread's own, like all below
    std::list<std::string> order;
    size_t cached = 0;
    std::thread thread;
};

FliteVoice::FliteVoice(Post post) : worker_(std::make_unique<Worker>(std::move(post)))
{
}
FliteVoice::~FliteVoice() = default;

void FliteVoice::speak(const std::string &text, const std::string &voice, std::function<void(Samples)> ready)
{
    {
        const std::lock_guard lock(worker_->mutex);
        if (worker_->jobs.size() >= queue_bound) {
            // Past the bound the sentence is silent: a turn that says nothing still ends, a lost one would hang.
            worker_->post([ready = std::move(ready)] { ready(std::make_shared<const std::vector<int16_t>>()); });
            return;
        }
        worker_->jobs.push_back({text, voice, std::move(ready)});
    }
    worker_->wake.notify_one();
}

}  // namespace gemlive::emulator
