#pragma once

#include <memory>
#include <span>

#include "base/status.hpp"
#include "session/target.hpp"
#include "settings/options.hpp"
#include "settings/settings.hpp"

namespace gemlive::session {

// What a session is made of: its options, what they come down to, and where it dials. None of it ever changes, so the
// sessions of a model that say nothing of their own share their model's; an update is another one.
struct Configuration {
    // Refuses options that cannot work. When it fails `out` stays as it was.
    static Error make(const settings::Options &options, Configuration &out);
    // These options with `changes` on top.
    Error with(const settings::Options &changes, Configuration &out) const;
    // These options, but for `names`, which have the values of `former`.
    Error with_former(const Configuration &former, std::span<const settings::Option *const> names,
                      Configuration &out) const;
    // These options with the default model behind this one; refused where the application named its model.
    Error with_next_default_model(Configuration &out) const;

    std::shared_ptr<const settings::Options> options;
    std::shared_ptr<const settings::Settings> settings;
    std::shared_ptr<const Target> target;

private:
    size_t default_model() const;
};

}  // namespace gemlive::session
