#pragma once

namespace gemlive::platform {

// From the first call on, children are told apart. Before the first thread is started.
void watch_forks();

}  // namespace gemlive::platform
