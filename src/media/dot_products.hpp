#pragma once

#include <cstddef>
#include <span>

namespace gemlive::media {

// The inner loop of every filter: the dot products of one row of coefficients with `count` windows of samples, the
// first at `window`, each `window_step` samples behind the one before. Results go to out[0], out[out_step], …
//
// `taps` is a multiple of dot_product_lanes; rows and windows hold that many samples. A result depends on its own
// window only, to the last bit: however a signal is cut, its samples come out the same.
struct DotProductsTask {
    const float *row;
    size_t taps;
    const float *window;
    size_t window_step;
    float *out;
    size_t out_step;
    size_t count;
};
using DotProducts = void (*)(const DotProductsTask &) noexcept;

constexpr size_t dot_product_lanes = 16;

struct DotProductsVariant {
    const char *name;
    DotProducts function;
};

// What this processor can run, the fastest first. The last one is plain C++.
std::span<const DotProductsVariant> dot_products_variants() noexcept;

}  // namespace gemlive::media
