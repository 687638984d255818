#include "base/secrets.hpp"

#include <gtest/gtest.h>

namespace gemlive::test {
namespace {

TEST(Secrets, AreReplacedWhereverTheyStandWhileTheirGuardLives)
{
    {
        const Secrets::Guard key("key-123456");
        EXPECT_EQ(Secrets::remove_from("?key=key-123456&key=key-123456"), "?key=[secret]&key=[secret]");
    }
    EXPECT_EQ(Secrets::remove_from("key-123456"), "key-123456");
}

TEST(Secrets, OfOneThatIsAnothersPrefixNoTailIsLeft)
{
    const Secrets::Guard shorter("token-abc");
    const Secrets::Guard longer("token-abcdef");
    EXPECT_EQ(Secrets::remove_from("a token-abcdef b token-abc c"), "a [secret] b [secret] c");
}

TEST(Secrets, OverlappingOnesGoTogether)
{
    const Secrets::Guard first("abcdef-ghi");
    const Secrets::Guard second("ghi-jklmno");
    EXPECT_EQ(Secrets::remove_from("<abcdef-ghi-jklmno>"), "<[secret]>");
}

TEST(Secrets, OneThatRepeatsItselfIsFoundWhole)
{
    const Secrets::Guard secret("ababab");
    EXPECT_EQ(Secrets::remove_from("xababababy"), "x[secret]y");
}

TEST(Secrets, AreFoundInJsonTextToo)
{
    const Secrets::Guard secret("pass\"word\\1");
    EXPECT_EQ(Secrets::remove_from(R"({"raw": "pass\"word\\1"})"), R"({"raw": "[secret]"})");
}

TEST(Secrets, ShortTextsAreLeftAlone)
{
    const Secrets::Guard secret("abc");
    EXPECT_EQ(Secrets::remove_from("abc"), "abc");
}

TEST(Secrets, AGuardCountsForAllItsCopies)
{
    Secrets::Guard first("same-secret");
    {
        const Secrets::Guard second("same-secret");
    }
    EXPECT_EQ(Secrets::remove_from("same-secret"), "[secret]");
    const Secrets::Guard moved = std::move(first);
    EXPECT_EQ(Secrets::remove_from("same-secret"), "[secret]");
}

}  // namespace
}  // namespace gemlive::test
