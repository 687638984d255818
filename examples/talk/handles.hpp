#pragma once

#include <gemlive/gemlive.h>

#include <memory>

namespace gemlive::talk {

struct HandleDeleter {
    void operator()(gemlive_options *options) const { gemlive_options_destroy(options); }
    void operator()(gemlive_model *model) const { gemlive_model_destroy(model); }
    void operator()(gemlive_session *session) const { gemlive_session_destroy(session); }
    void operator()(gemlive_event *event) const { gemlive_event_release(event); }
};

using OptionsHandle = std::unique_ptr<gemlive_options, HandleDeleter>;
using ModelHandle = std::unique_ptr<gemlive_model, HandleDeleter>;
using SessionHandle = std::unique_ptr<gemlive_session, HandleDeleter>;
using EventHandle = std::unique_ptr<gemlive_event, HandleDeleter>;

}  // namespace gemlive::talk
