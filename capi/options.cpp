#include <gemlive/gemlive_options.h>

#include "guard.hpp"
#include "handles.hpp"

using namespace gemlive;
using namespace gemlive::capi;

namespace {

template <typename Change>
gemlive_status change(gemlive_options *handle, Change &&change) noexcept
{
    return guarded([&]() -> Error {
        const Pinned<OptionsObject> options(handle);
        return options ? change(options->options) : invalid_handle("options");
    });
}

gemlive_status set_named(gemlive_options *handle, const char *name, const char *value) noexcept
{
    return change(handle, [&](settings::Options &options) {
        return value ? options.set_text(name, value) : options.unset(name);
    });
}

}  // namespace

gemlive_status gemlive_options_create(gemlive_options **options)
{
    return guarded([&]() -> Error {
        if (!options) {
            return null_argument("options");
        }
        *options = make_handle(std::make_unique<OptionsObject>());
        return *options ? Error() : Error(Status::out_of_memory, "too many handles are alive");
    });
}

void gemlive_options_destroy(gemlive_options *options)
{
    destroy(options);
}

gemlive_status gemlive_options_set_string(gemlive_options *options, const char *name, const char *value)
{
    return name ? set_named(options, name, value) : result(null_argument("name"));
}

gemlive_status gemlive_options_set_string_n(gemlive_options *options, const char *name, const char *value,
                                            size_t length)
{
    if (!name) {
        return result(null_argument("name"));
    }
    return change(options, [&](settings::Options &o) {
        return value ? o.set_text(name, std::string_view(value, length)) : o.unset(name);
    });
}

gemlive_status gemlive_options_set_int(gemlive_options *options, const char *name, int64_t value)
{
    return name ? change(options, [&](settings::Options &o) { return o.set(name, value); })
                : result(null_argument("name"));
}

gemlive_status gemlive_options_set_double(gemlive_options *options, const char *name, double value)
{
    return name ? change(options, [&](settings::Options &o) { return o.set(name, value); })
                : result(null_argument("name"));
}

gemlive_status gemlive_options_set_json(gemlive_options *options, const char *name, const char *json)
{
    if (!name || !json) {
        return result(null_argument(name ? "json" : "name"));
    }
    return change(options, [&](settings::Options &o) { return o.set_json(name, json); });
}

gemlive_status gemlive_options_from_json(gemlive_options *options, const char *json)
{
    return json ? change(options, [&](settings::Options &o) { return o.set_all(json); })
                : result(null_argument("json"));
}

gemlive_status gemlive_options_set_model(gemlive_options *options, const char *model)
{
    return set_named(options, "model", model);
}

gemlive_status gemlive_options_set_api_key(gemlive_options *options, const char *key)
{
    return set_named(options, "api_key", key);
}

gemlive_status gemlive_options_set_instructions(gemlive_options *options, const char *text)
{
    return set_named(options, "instructions", text);
}

gemlive_status gemlive_options_set_voice(gemlive_options *options, const char *voice)
{
    return set_named(options, "voice", voice);
}

gemlive_status gemlive_options_set_tools(gemlive_options *options, const char *json)
{
    return set_named(options, "tools", json);
}
