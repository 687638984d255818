#pragma once

namespace gemlive::delivery {

// Marks that this thread runs code of the application, called by us: waiting calls would hang there.
class CallbackScope {
public:
    CallbackScope() noexcept;
    ~CallbackScope();
    CallbackScope(const CallbackScope &) = delete;

    static bool is_active() noexcept;
};

}  // namespace gemlive::delivery
