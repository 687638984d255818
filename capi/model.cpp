#include <gemlive/gemlive_model.h>

#include "guard.hpp"
#include "handles.hpp"

using namespace gemlive;
using namespace gemlive::capi;

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

gemlive_status gemlive_model_close(gemlive_model *model)
{
    return guarded([&]() -> Error {
        const Pinned<ModelObject> object(model);
        if (!object) {
            return invalid_handle("model");
        }
        object->model->close();
        return {};
    });
}

void gemlive_model_destroy(gemlive_model *model)
{
    destroy(model);
}
