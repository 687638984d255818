#include "delivery/callback_scope.hpp"

namespace gemlive::delivery {
namespace {

thread_local int callback_depth = 0;

}  // namespace

CallbackScope::CallbackScope() noexcept
{
    ++callback_depth;
}

CallbackScope::~CallbackScope()
{
    --callback_depth;
}

bool CallbackScope::is_active() noexcept
{
    return callback_depth > 0;
}

}  // namespace gemlive::delivery
