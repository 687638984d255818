#include "session/configuration.hpp"

#include "media/voice_detector.hpp"
#include "protocol/default_model.hpp"

namespace gemlive::session {
namespace {

Error configure(settings::Options options, size_t default_model, const Target *like, Configuration &out)
{
    Configuration made;
    if (Error error = settings::Settings::make(options, made.settings, default_model)) {
        return error;
    }
    if (made.settings->voice_detection_is_asked_for && !media::VoiceDetector::is_available()) {
        const char *const option = made.settings->automatic_activity ? "automatic_activity" : "voice_detection";
        return {Status::unsupported, std::string(option) + " is on, and this library was built without a voice detector: set "
                                     "it to off, or build where scripts/fetch_sources.sh can fetch one"};
    }
    if (Error error = Target::make(*made.settings, like, made.target)) {
        return error;
    }
    made.options = std::make_shared<const settings::Options>(std::move(options));
    out = std::move(made);
    return {};
}

}  // namespace

Error Configuration::make(const settings::Options &options, Configuration &out)
{
    return configure(options, 0, nullptr, out);
}

Error Configuration::with(const settings::Options &changes, Configuration &out) const
{
    return configure(options->merged(changes), default_model(), target.get(), out);
}

Error Configuration::with_former(const Configuration &former, std::span<const settings::Option *const> names,
                                 Configuration &out) const
{
    return configure(options->with_values_of(*former.options, names), default_model(), target.get(), out);
}

Error Configuration::with_next_default_model(Configuration &out) const
{
    const settings::Service &service = settings->service;
    if (!service.default_model || *service.default_model + 1 >= protocol::default_models(service.flavour).size()) {
        return {Status::unsupported, "there is no other default model"};
    }
    return configure(*options, *service.default_model + 1, target.get(), out);
}

size_t Configuration::default_model() const
{
    return settings->service.default_model.value_or(0);
}

}  // namespace gemlive::session
