#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "base/status.hpp"
#include "delivery/callback_thread.hpp"
#include "engine/engine.hpp"
#include "session/configuration.hpp"
#include "settings/options.hpp"

namespace gemlive::session {

class Session;

// A configuration and threads, from which sessions are made. Any thread.
class Model {
public:
    static Error create(const settings::Options &options, std::shared_ptr<Model> &out);

    Configuration configuration() const;
    // For sessions made from now on, and one by one for those that live; a session that cannot take it says so by an
    // event. Refused, nothing of it is done, by what new sessions could not have.
    Error update_options(const settings::Options &changes);

    // False when the model is closed already.
    bool add(const std::shared_ptr<Session> &session);
    void close();
    bool is_closed() const noexcept { return closed_.load(); }
    // Nobody can take events of the model's queue any more.
    void release_queue() { queue_->cancel(); }

    // Of the sessions that share it. Closed once the model is closed and the last of them is.
    const std::shared_ptr<delivery::EventQueue> &queue() const noexcept { return queue_; }

    const std::shared_ptr<engine::Engine> &engine() const noexcept { return engine_; }
    std::shared_ptr<delivery::CallbackThread> callback_thread();

private:
    explicit Model(Configuration configuration);

    Configuration configuration_;  // behind mutex_
    const std::shared_ptr<engine::Engine> engine_;
    const std::shared_ptr<delivery::EventQueue> queue_ = std::make_shared<delivery::EventQueue>();
    std::atomic<bool> closed_{false};
    mutable std::mutex mutex_;
    std::vector<std::weak_ptr<Session>> sessions_;
    std::weak_ptr<delivery::CallbackThread> callback_thread_;
};

}  // namespace gemlive::session
