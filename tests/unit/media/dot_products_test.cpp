#include "dot_products.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

class DotProductsVariants : public ::testing::Test {
protected:
    std::mt19937 random_{71};
    std::vector<float> row_ = to_floats(noise(192, random_));
    std::vector<float> samples_ = to_floats(noise(5000, random_));
};

TEST_F(DotProductsVariants, OneIsAlwaysThere)
{
    ASSERT_FALSE(dot_products_variants().empty());
    EXPECT_STREQ(dot_products_variants().back().name, "plain");
}

TEST_F(DotProductsVariants, AllSayWhatIsTrue)
{
    for (const auto &variant : dot_products_variants()) {
        for (const size_t taps : {16UL, 32UL, 96UL, 192UL}) {
            for (const size_t step : {0UL, 1UL, 3UL, 441UL}) {
                const size_t count = 1 + random_() % 10;
                std::vector<float> out(count * 2, 9.0F);
                variant.function({.row = row_.data(), .taps = taps, .window = samples_.data() + 1,
                                  .window_step = step, .out = out.data(), .out_step = 2, .count = count});
                for (size_t i = 0; i < count; ++i) {
                    double sum = 0;
                    for (size_t tap = 0; tap < taps; ++tap) {
                        sum += static_cast<double>(row_[tap]) * samples_[1 + i * step + tap];
                    }
                    EXPECT_NEAR(out[2 * i], sum, 1e-4) << variant.name;
                    EXPECT_EQ(out[2 * i + 1], 9.0F) << variant.name;
                }
            }
        }
    }
}

TEST_F(DotProductsVariants, AResultIsTheSameAloneAndAmongOthers)
{
    for (const auto &variant : dot_products_variants()) {
        std::vector<float> together(103);
        DotProductsTask task{.row = row_.data(), .taps = 192, .window = samples_.data(), .window_step = 3,
                             .out = together.data(), .out_step = 1, .count = together.size()};
        variant.function(task);
        for (size_t i = 0; i < together.size(); ++i) {
            float alone = 0;
            task.window = samples_.data() + 3 * i;
            task.out = &alone;
            task.count = 1;
            variant.function(task);
            EXPECT_EQ(std::memcmp(&alone, &together[i], sizeof alone), 0) << variant.name << " at " << i;
        }
    }
}

}  // namespace
}  // namespace gemlive::media
