#include "filter_bank.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numeric>

namespace gemlive::media {
namespace {

// What a design is made for; the window's formulas are Kaiser's. Five dB more than are promised.
constexpr double attenuation_db = 95.0;
constexpr size_t taps_at_lower_rate = 64;

size_t taps_for(size_t phases, size_t step)
{
    const size_t taps = (taps_at_lower_rate * std::max(step, phases) + phases - 1) / phases;
    return (taps + dot_product_lanes - 1) / dot_product_lanes * dot_product_lanes;
}

// The modified Bessel function of order 0, by its series.
double bessel_i0(double x)
{
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; term > sum * 1e-17; ++k) {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

double sinc(double x)
{
    return x == 0.0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

}  // namespace

FilterBank::FilterBank(size_t phases, size_t step)
    : phases_(phases), step_(step), taps_(taps_for(phases, step)), blocks_(phases * taps_ / dot_product_lanes)
{
    const double taps = static_cast<double>(taps_);
    const double beta = 0.1102 * (attenuation_db - 8.7);
    const double transition = (attenuation_db - 7.95) / (2.285 * 2.0 * std::numbers::pi * taps);
    const double stop = 0.5 * std::min(1.0, static_cast<double>(phases) / static_cast<double>(step));
    for (size_t phase = 0; phase < phases; ++phase) {
        fill_row(phase, stop - transition / 2.0, beta);
    }
}

// `cutoff` in cycles per input sample.
void FilterBank::fill_row(size_t phase, double cutoff, double beta)
{
    const double half = static_cast<double>(taps_ / 2);
    const double fraction = static_cast<double>(phase) / static_cast<double>(phases_);
    std::vector<double> row(taps_);
    for (size_t tap = 0; tap < taps_; ++tap) {
        const double distance = static_cast<double>(tap) - (half - 1.0) - fraction;
        const double edge = distance / half;
        if (std::abs(edge) < 1.0) {
            row[tap] = sinc(2.0 * cutoff * distance) * bessel_i0(beta * std::sqrt(1.0 - edge * edge));
        }
    }
    // Every row has the same gain: else a constant would come out as a tone.
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    float *const out = blocks_[phase * (taps_ / dot_product_lanes)].samples;
    std::transform(row.begin(), row.end(), out, [sum](double value) { return static_cast<float>(value / sum); });
}

std::shared_ptr<const FilterBank> filter_bank(int in_rate, int out_rate)
{
    struct Shelf {
        struct Ratio {
            int phases;
            int step;
            std::weak_ptr<const FilterBank> bank{};
        };
        std::mutex mutex;
        std::array<Ratio, 7> ratios{{
            {1, 3},      // 48 → 16 kHz
            {160, 441},  // 44.1 → 16
            {1, 2},      // 32 → 16
            {2, 3},      // 24 → 16
            {320, 441},  // 22.05 → 16
            {2, 1},      // 8 → 16, 24 → 48
            {147, 80},   // 24 → 44.1
        }};
    };
    // Never destroyed: threads of the application may still convert while the process ends.
    static Shelf &shelf = *new Shelf;

    const int common = std::gcd(in_rate, out_rate);
    std::lock_guard lock(shelf.mutex);
    for (auto &ratio : shelf.ratios) {
        if (ratio.phases != out_rate / common || ratio.step != in_rate / common) {
            continue;
        }
        std::shared_ptr<const FilterBank> bank = ratio.bank.lock();
        if (!bank) {
            bank = std::make_shared<FilterBank>(ratio.phases, ratio.step);
            ratio.bank = bank;
        }
        return bank;
    }
    return nullptr;
}

}  // namespace gemlive::media
