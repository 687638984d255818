#pragma once

#include "result.hpp"

#include <string>

namespace gemlive::talk {

// Where events and results are shown. Called from several threads.
class View {
public:
    virtual ~View() = default;
    virtual void event(const Json &event, const std::string &line) = 0;
    virtual void result(const std::string &command, const Json &given, const Result &result) = 0;
};

}  // namespace gemlive::talk
