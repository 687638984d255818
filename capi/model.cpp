#include <gemlive/gemlive_model.h>

#include "drain.hpp"
#include "guard.hpp"
#include "handles.hpp"
#include "option_changes.hpp"

using namespace gemlive;
using namespace gemlive::capi;

namespace {

// A guarded call on a live model; `call` returns an Error.
template <typename Call>
gemlive_status with_model(const gemlive_model *handle, Call &&call) noexcept
{
    return guarded([&]() -> Error {
        const Pinned<ModelObject> object(handle);
        return object ? call(*object->model) : invalid_handle("model");
    });
}

}  // namespace

gemlive_status gemlive_model_create(const gemlive_options *options, gemlive_model **model)
{
    return guarded([&]() -> Error {
        if (!model) {
            return null_argument("model");
        }
        *model = nullptr;
        const Pinned<OptionsObject> given(options);
        if (options && !given) {
            return invalid_handle("options");
        }
        auto object = std::make_unique<ModelObject>();
        if (Error error = session::Model::create(given ? given->options : settings::Options(), object->model)) {
            return error;
        }
        *model = make_handle(std::move(object));
        return *model ? Error() : Error(Status::out_of_memory, "too many handles are alive");
    });
}

gemlive_status gemlive_model_update_options(gemlive_model *model, const gemlive_options *changes)
{
    return with_model(model, [&](session::Model &m) -> Error {
        const Pinned<OptionsObject> given(changes);
        return given ? m.update_options(given->options) : invalid_handle("changes");
    });
}

gemlive_status gemlive_model_update_options_json(gemlive_model *model, const char *json)
{
    return with_model(model, [&](session::Model &m) -> Error {
        settings::Options changes;
        if (Error error = read_changes(json, changes)) {
            return error;
        }
        return m.update_options(changes);
    });
}

gemlive_status gemlive_model_close(gemlive_model *model)
{
    return with_model(model, [](session::Model &m) -> Error {
        m.close();
        return {};
    });
}

void gemlive_model_destroy(gemlive_model *model)
{
    destroy(model);
}

gemlive_status gemlive_model_poll_event(gemlive_model *model, int64_t timeout_ms, gemlive_event **event)
{
    if (event) {
        *event = nullptr;
    }
    return with_model(model, [&](session::Model &m) { return poll_event(*m.queue(), timeout_ms, event); });
}

gemlive_status gemlive_model_dispatch(gemlive_model *model, gemlive_event_callback callback, void *user_data,
                                      size_t max_events)
{
    return with_model(model, [&](session::Model &m) {
        return dispatch_events(*m.queue(), callback, user_data, max_events);
    });
}

gemlive_status gemlive_model_wake(gemlive_model *model)
{
    return with_model(model, [](session::Model &m) -> Error {
        m.queue()->wake();
        return {};
    });
}

gemlive_status gemlive_model_set_wakeup(gemlive_model *model, gemlive_wakeup_callback callback, void *user_data,
                                        gemlive_release_callback release)
{
    return guarded([&]() -> Error {
        const std::shared_ptr<void> owner = owned(user_data, release);
        const Pinned<ModelObject> object(model);
        if (!object) {
            return invalid_handle("model");
        }
        object->model->queue()->set_hook(hook_of(callback, owner));
        return {};
    });
}

intptr_t gemlive_model_wait_handle(gemlive_model *model)
{
    return guarded_or<intptr_t>(-1, [&]() -> intptr_t {
        const Pinned<ModelObject> object(model);
        return object ? object->model->queue()->wait_handle() : -1;
    });
}
