#include "settings/image_encode_options.hpp"

#include <gmock/gmock.h>

#include "made_settings.hpp"

namespace gemlive::settings {
namespace {

using ::testing::HasSubstr;
using nlohmann::json;

class ImageEncodeOptionsTest : public MadeSettings {
protected:
    ImageEncodeOptionsTest() { options.set("api_key", "key"); }

    Error with(const json &value)
    {
        EXPECT_FALSE(options.set("image_encode_options", value));
        return make();
    }
};

TEST_F(ImageEncodeOptionsTest, AreThoseOfTheReferenceWhereNothingIsSaid)
{
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->image_encode_options, ImageEncodeOptions());
    ASSERT_FALSE(with({{"quality", 90}, {"strategy", "skew"}}));
    EXPECT_EQ(settings->image_encode_options.quality, 90);
    EXPECT_EQ(settings->image_encode_options.width, 1024);
    EXPECT_EQ(settings->image_encode_options.strategy, "skew");
}

TEST_F(ImageEncodeOptionsTest, RefusalNamesTheMemberAndWhatIsAllowed)
{
    EXPECT_THAT(with({{"quality", 0}}).message, HasSubstr("quality is 0; allowed is 1 to 100"));
    EXPECT_THAT(with({{"width", 20'000}}).message, HasSubstr("width is 20000; allowed is 1 to 16384"));
    EXPECT_THAT(with({{"height", 1.5}}).message, HasSubstr("height is 1.5; allowed"));
    EXPECT_THAT(with({{"format", "jpeg"}}).message, HasSubstr("format is \"jpeg\"; allowed is one of: JPEG PNG"));
    EXPECT_THAT(with({{"strategy", "letterbox"}}).message, HasSubstr("center_aspect_fit"));
    EXPECT_THAT(with({{"resize", true}}).message, HasSubstr("no member \"resize\""));
}

}  // namespace
}  // namespace gemlive::settings
