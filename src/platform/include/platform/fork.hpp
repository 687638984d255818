#pragma once

namespace gemlive::platform {

// True in a process that was forked while threads of the library ran. It has a copy of our memory and none of our
// threads: nothing would ever be answered, and a lock may be held by a thread that is not there. Whoever is called from
// outside asks this before all else. A child that was forked before the first thread or after the last one is whole.
// One load: also for real-time threads.
bool is_forked_child() noexcept;

}  // namespace gemlive::platform
