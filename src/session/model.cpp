#include "session/model.hpp"

#include "session/profile.hpp"
#include "session/session.hpp"

namespace gemlive::session {

Model::Model(const settings::Options &options, std::shared_ptr<net::TlsContext> tls)
    : options_(options), tls_(std::move(tls)), engine_(engine::Engine::acquire(static_cast<size_t>(options.integer("io_threads"))))
{
}

Error Model::create(const settings::Options &options, std::shared_ptr<Model> &out)
{
    Profile profile;
    if (Error error = Profile::make(options, profile)) {
        return error;
    }
    std::shared_ptr<net::TlsContext> tls;
    if (Error error = make_tls_context(options, tls)) {
        return error;
    }
    out.reset(new Model(options, std::move(tls)));
    return {};
}

Error Model::prepare(const settings::Options *changes, settings::Options &options, std::shared_ptr<net::TlsContext> &tls) const
{
    options = changes ? options_.merged(*changes) : options_;
    if (changes && (changes->is_set("ca_file") || changes->is_set("ca_dir") || changes->is_set("ca_pem"))) {
        return make_tls_context(options, tls);
    }
    tls = tls_;
    return {};
}

bool Model::add(const std::shared_ptr<Session> &session)
{
    std::lock_guard lock(mutex_);
    if (closed_.load()) {
        return false;
    }
    std::erase_if(sessions_, [](const std::weak_ptr<Session> &known) { return known.expired(); });
    sessions_.push_back(session);
    return true;
}

void Model::close()
{
    std::vector<std::weak_ptr<Session>> sessions;
    {
        std::lock_guard lock(mutex_);
        closed_.store(true);
        sessions = sessions_;
    }
    for (const std::weak_ptr<Session> &known : sessions) {
        if (const auto session = known.lock()) {
            session->close(false, std::nullopt);
        }
    }
    queue_->seal();
}

std::shared_ptr<delivery::CallbackThread> Model::callback_thread()
{
    std::lock_guard lock(mutex_);
    std::shared_ptr<delivery::CallbackThread> thread = callback_thread_.lock();
    if (!thread) {
        thread = std::make_shared<delivery::CallbackThread>();
        callback_thread_ = thread;
    }
    return thread;
}

}  // namespace gemlive::session
