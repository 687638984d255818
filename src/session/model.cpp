#include "session/model.hpp"

#include "session/session.hpp"

namespace gemlive::session {

Model::Model(Configuration configuration)
    : configuration_(std::move(configuration)), engine_(engine::Engine::acquire(configuration_.settings->io_threads))
{
}

Error Model::create(const settings::Options &options, std::shared_ptr<Model> &out)
{
    Configuration configuration;
    if (Error error = Configuration::make(options, configuration)) {
        return error;
    }
    out.reset(new Model(std::move(configuration)));
    return {};
}

Configuration Model::configuration() const
{
    std::lock_guard lock(mutex_);
    return configuration_;
}

Error Model::update_options(const settings::Options &changes)
{
    std::vector<std::weak_ptr<Session>> sessions;
    {
        std::lock_guard lock(mutex_);
        if (closed_.load()) {
            return {Status::closed, "the model is closed"};
        }
        Configuration newest;
        if (Error error = configuration_.with(changes, newest)) {
            return error;
        }
        for (const settings::Option *const option : newest.options->differences(*configuration_.options)) {
            if (option->effect == settings::OptionEffect::never) {
                return {Status::unsupported, std::string("option ") + option->name +
                                                 " cannot be changed for sessions that live; make another model"};
            }
        }
        configuration_ = std::move(newest);
        sessions = sessions_;
    }
    for (const std::weak_ptr<Session> &known : sessions) {
        if (const auto session = known.lock()) {
            session->update_with_model(changes);
        }
    }
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
