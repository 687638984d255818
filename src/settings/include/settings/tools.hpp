#pragma once

#include "base/status.hpp"
#include "protocol/tool_list.hpp"
#include "settings/options.hpp"
#include "settings/service.hpp"

namespace gemlive::settings {

// The tools that the application declares: of the option `tools`, or of the option `setup`, which go out as they came.
Error make_tools(const Options &options, const Service &service, protocol::ToolList &out);

}  // namespace gemlive::settings
