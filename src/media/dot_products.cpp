// The only file that knows of processors. Each variant makes four results at once, so that a coefficient is loaded
// once for four windows, and what is left over one by one, adding in the same order.
#include "dot_products.hpp"

#include <array>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#define GEMLIVE_X86 1
#elif defined(__aarch64__)
#include <arm_neon.h>
#define GEMLIVE_NEON 1
#endif

namespace gemlive::media {
namespace {

void plain(const DotProductsTask &task) noexcept
{
    for (size_t i = 0; i < task.count; ++i) {
        const float *const window = task.window + i * task.window_step;
        std::array<float, dot_product_lanes> sums{};
        for (size_t tap = 0; tap < task.taps; tap += dot_product_lanes) {
            for (size_t lane = 0; lane < dot_product_lanes; ++lane) {
                sums[lane] += window[tap + lane] * task.row[tap + lane];
            }
        }
        for (size_t half = dot_product_lanes / 2; half > 0; half /= 2) {
            for (size_t lane = 0; lane < half; ++lane) {
                sums[lane] += sums[lane + half];
            }
        }
        task.out[i * task.out_step] = sums[0];
    }
}

#ifdef GEMLIVE_X86

[[gnu::target("sse2")]] inline void store_sums(__m128 a, __m128 b, __m128 c, __m128 d, float *out, size_t step)
{
    _MM_TRANSPOSE4_PS(a, b, c, d);
    alignas(16) std::array<float, 4> sums;
    _mm_store_ps(sums.data(), _mm_add_ps(_mm_add_ps(a, b), _mm_add_ps(c, d)));
    for (size_t i = 0; i < 4; ++i) {
        out[i * step] = sums[i];
    }
}

[[gnu::target("sse2")]] inline float sum_of(__m128 sums)
{
    alignas(16) std::array<float, 4> lanes;
    _mm_store_ps(lanes.data(), sums);
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

[[gnu::target("sse2")]] void sse2(const DotProductsTask &task) noexcept
{
    size_t i = 0;
    for (; i + 4 <= task.count; i += 4) {
        const float *const w0 = task.window + i * task.window_step;
        const float *const w1 = w0 + task.window_step;
        const float *const w2 = w1 + task.window_step;
        const float *const w3 = w2 + task.window_step;
        __m128 a0 = _mm_setzero_ps(), a1 = a0, a2 = a0, a3 = a0;
        __m128 b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (size_t tap = 0; tap < task.taps; tap += 8) {
            const __m128 row = _mm_loadu_ps(task.row + tap);
            a0 = _mm_add_ps(a0, _mm_mul_ps(_mm_loadu_ps(w0 + tap), row));
            a1 = _mm_add_ps(a1, _mm_mul_ps(_mm_loadu_ps(w1 + tap), row));
            a2 = _mm_add_ps(a2, _mm_mul_ps(_mm_loadu_ps(w2 + tap), row));
            a3 = _mm_add_ps(a3, _mm_mul_ps(_mm_loadu_ps(w3 + tap), row));
            const __m128 next = _mm_loadu_ps(task.row + tap + 4);
            b0 = _mm_add_ps(b0, _mm_mul_ps(_mm_loadu_ps(w0 + tap + 4), next));
            b1 = _mm_add_ps(b1, _mm_mul_ps(_mm_loadu_ps(w1 + tap + 4), next));
            b2 = _mm_add_ps(b2, _mm_mul_ps(_mm_loadu_ps(w2 + tap + 4), next));
            b3 = _mm_add_ps(b3, _mm_mul_ps(_mm_loadu_ps(w3 + tap + 4), next));
        }
        store_sums(_mm_add_ps(a0, b0), _mm_add_ps(a1, b1), _mm_add_ps(a2, b2), _mm_add_ps(a3, b3),
                   task.out + i * task.out_step, task.out_step);
    }
    for (; i < task.count; ++i) {
        const float *const window = task.window + i * task.window_step;
        __m128 a = _mm_setzero_ps(), b = a;
        for (size_t tap = 0; tap < task.taps; tap += 8) {
            a = _mm_add_ps(a, _mm_mul_ps(_mm_loadu_ps(window + tap), _mm_loadu_ps(task.row + tap)));
            b = _mm_add_ps(b, _mm_mul_ps(_mm_loadu_ps(window + tap + 4), _mm_loadu_ps(task.row + tap + 4)));
        }
        task.out[i * task.out_step] = sum_of(_mm_add_ps(a, b));
    }
}

[[gnu::target("avx2,fma")]] inline __m128 halves_of(__m256 a, __m256 b)
{
    const __m256 sum = _mm256_add_ps(a, b);
    return _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
}

[[gnu::target("avx2,fma")]] void avx2(const DotProductsTask &task) noexcept
{
    size_t i = 0;
    for (; i + 4 <= task.count; i += 4) {
        const float *const w0 = task.window + i * task.window_step;
        const float *const w1 = w0 + task.window_step;
        const float *const w2 = w1 + task.window_step;
        const float *const w3 = w2 + task.window_step;
        __m256 a0 = _mm256_setzero_ps(), a1 = a0, a2 = a0, a3 = a0;
        __m256 b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (size_t tap = 0; tap < task.taps; tap += 16) {
            const __m256 row = _mm256_loadu_ps(task.row + tap);
            a0 = _mm256_fmadd_ps(_mm256_loadu_ps(w0 + tap), row, a0);
            a1 = _mm256_fmadd_ps(_mm256_loadu_ps(w1 + tap), row, a1);
            a2 = _mm256_fmadd_ps(_mm256_loadu_ps(w2 + tap), row, a2);
            a3 = _mm256_fmadd_ps(_mm256_loadu_ps(w3 + tap), row, a3);
            const __m256 next = _mm256_loadu_ps(task.row + tap + 8);
            b0 = _mm256_fmadd_ps(_mm256_loadu_ps(w0 + tap + 8), next, b0);
            b1 = _mm256_fmadd_ps(_mm256_loadu_ps(w1 + tap + 8), next, b1);
            b2 = _mm256_fmadd_ps(_mm256_loadu_ps(w2 + tap + 8), next, b2);
            b3 = _mm256_fmadd_ps(_mm256_loadu_ps(w3 + tap + 8), next, b3);
        }
        store_sums(halves_of(a0, b0), halves_of(a1, b1), halves_of(a2, b2), halves_of(a3, b3),
                   task.out + i * task.out_step, task.out_step);
    }
    for (; i < task.count; ++i) {
        const float *const window = task.window + i * task.window_step;
        __m256 a = _mm256_setzero_ps(), b = a;
        for (size_t tap = 0; tap < task.taps; tap += 16) {
            a = _mm256_fmadd_ps(_mm256_loadu_ps(window + tap), _mm256_loadu_ps(task.row + tap), a);
            b = _mm256_fmadd_ps(_mm256_loadu_ps(window + tap + 8), _mm256_loadu_ps(task.row + tap + 8), b);
        }
        task.out[i * task.out_step] = sum_of(halves_of(a, b));
    }
}

#endif

#ifdef GEMLIVE_NEON

void neon(const DotProductsTask &task) noexcept
{
    size_t i = 0;
    for (; i + 4 <= task.count; i += 4) {
        const float *const w0 = task.window + i * task.window_step;
        const float *const w1 = w0 + task.window_step;
        const float *const w2 = w1 + task.window_step;
        const float *const w3 = w2 + task.window_step;
        float32x4_t a0 = vdupq_n_f32(0), a1 = a0, a2 = a0, a3 = a0;
        float32x4_t b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (size_t tap = 0; tap < task.taps; tap += 8) {
            const float32x4_t row = vld1q_f32(task.row + tap);
            a0 = vfmaq_f32(a0, vld1q_f32(w0 + tap), row);
            a1 = vfmaq_f32(a1, vld1q_f32(w1 + tap), row);
            a2 = vfmaq_f32(a2, vld1q_f32(w2 + tap), row);
            a3 = vfmaq_f32(a3, vld1q_f32(w3 + tap), row);
            const float32x4_t next = vld1q_f32(task.row + tap + 4);
            b0 = vfmaq_f32(b0, vld1q_f32(w0 + tap + 4), next);
            b1 = vfmaq_f32(b1, vld1q_f32(w1 + tap + 4), next);
            b2 = vfmaq_f32(b2, vld1q_f32(w2 + tap + 4), next);
            b3 = vfmaq_f32(b3, vld1q_f32(w3 + tap + 4), next);
        }
        float *const out = task.out + i * task.out_step;
        out[0] = vaddvq_f32(vaddq_f32(a0, b0));
        out[task.out_step] = vaddvq_f32(vaddq_f32(a1, b1));
        out[2 * task.out_step] = vaddvq_f32(vaddq_f32(a2, b2));
        out[3 * task.out_step] = vaddvq_f32(vaddq_f32(a3, b3));
    }
    for (; i < task.count; ++i) {
        const float *const window = task.window + i * task.window_step;
        float32x4_t a = vdupq_n_f32(0), b = a;
        for (size_t tap = 0; tap < task.taps; tap += 8) {
            a = vfmaq_f32(a, vld1q_f32(window + tap), vld1q_f32(task.row + tap));
            b = vfmaq_f32(b, vld1q_f32(window + tap + 4), vld1q_f32(task.row + tap + 4));
        }
        task.out[i * task.out_step] = vaddvq_f32(vaddq_f32(a, b));
    }
}

#endif

struct Variants {
    Variants() noexcept
    {
#ifdef GEMLIVE_X86
        __builtin_cpu_init();
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
            all[count++] = {"AVX2", avx2};
        }
        if (__builtin_cpu_supports("sse2")) {
            all[count++] = {"SSE2", sse2};
        }
#endif
#ifdef GEMLIVE_NEON
        all[count++] = {"NEON", neon};
#endif
        all[count++] = {"plain", plain};
    }

    std::array<DotProductsVariant, 3> all{};
    size_t count = 0;
};

}  // namespace

std::span<const DotProductsVariant> dot_products_variants() noexcept
{
    static const Variants variants;
    return std::span(variants.all).first(variants.count);
}

}  // namespace gemlive::media
