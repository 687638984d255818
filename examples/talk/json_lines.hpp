#pragma once

#include "view.hpp"

#include <functional>
#include <mutex>

namespace gemlive::talk {

// --json: whole lines on stdout, each flushed before the next is begun.
class JsonLines : public View {
public:
    // `on_broken` is called once stdout takes nothing more.
    explicit JsonLines(std::function<void()> on_broken) : on_broken_(std::move(on_broken)) {}

    void event(const Json &event, const std::string &line) override;
    void result(const std::string &command, const Json &given, const Result &result) override;

private:
    void write(std::string line);

    std::mutex mutex_;
    std::function<void()> on_broken_;
};

}  // namespace gemlive::talk
