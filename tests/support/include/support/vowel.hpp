#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gemlive::testing {

// What a voice detector takes for speech, at 16 kHz: harmonics of a pitch that glides, its loudness that of syllables.
inline std::vector<int16_t> vowel(size_t length_ms)
{
    std::vector<int16_t> samples;
    double phase = 0;
    for (size_t i = 0; i < length_ms * 16; ++i) {
        const double t = static_cast<double>(i) / 16'000;
        phase += 2 * M_PI * (120 + 30 * std::sin(2 * M_PI * 1.5 * t)) / 16'000;
        double sample = 0;
        for (int harmonic = 1; harmonic <= 20; ++harmonic) {
            const double frequency = 120.0 * harmonic;
            const double formants = std::exp(-std::pow((frequency - 600) / 250, 2)) +
                                    0.5 * std::exp(-std::pow((frequency - 1700) / 300, 2));
            sample += formants * std::sin(harmonic * phase);
        }
        samples.push_back(static_cast<int16_t>(3000 * sample * (0.6 + 0.4 * std::sin(2 * M_PI * 4 * t))));
    }
    return samples;
}

}  // namespace gemlive::testing
