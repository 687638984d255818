#pragma once

#include "view.hpp"

#include <mutex>
#include <vector>

namespace gemlive::talk {

// Keeps what it shows, in the order in which it is shown: what a scenario's expectations are held against.
class RecordingView : public View {
public:
    // More than any scenario makes; past it lines are only counted, and the scenario fails.
    static constexpr size_t bound = 1'000'000;

    explicit RecordingView(View &shown) : shown_(shown) {}

    void event(const Json &event, const std::string &line) override
    {
        std::lock_guard lock(mutex_);
        keep(event);
        shown_.event(event, line);
    }

    void result(const std::string &command, const Json &given, const Result &result) override
    {
        std::lock_guard lock(mutex_);
        keep(Json(result_line(command, result)));
        shown_.result(command, given, result);
    }

    std::vector<Json> lines() const
    {
        std::lock_guard lock(mutex_);
        return lines_;
    }

    size_t dropped() const
    {
        std::lock_guard lock(mutex_);
        return dropped_;
    }

private:
    void keep(Json line)
    {
        if (lines_.size() < bound) {
            lines_.push_back(std::move(line));
        } else {
            ++dropped_;
        }
    }

    View &shown_;
    mutable std::mutex mutex_;
    std::vector<Json> lines_;
    size_t dropped_ = 0;
};

}  // namespace gemlive::talk
