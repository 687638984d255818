#include <gemlive/gemlive_types.h>

#include <algorithm>
#include <cstring>
#include <iterator>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "copy_out.hpp"
#include "guard.hpp"
#include "handles.hpp"
#include "platform/thread.hpp"
#include "delivery/callback_scope.hpp"

using namespace gemlive;
using namespace gemlive::capi;

namespace {

// Plain memory: a failure of memory can be told too.
thread_local char last_message[1024] = "";

static_assert(GEMLIVE_ERROR_INVALID_ARGUMENT == static_cast<int32_t>(Status::invalid_argument));
static_assert(GEMLIVE_ERROR_INVALID_HANDLE == static_cast<int32_t>(Status::invalid_handle));
static_assert(GEMLIVE_ERROR_INVALID_STATE == static_cast<int32_t>(Status::invalid_state));
static_assert(GEMLIVE_ERROR_TOO_SMALL == static_cast<int32_t>(Status::too_small));
static_assert(GEMLIVE_ERROR_WOULD_BLOCK == static_cast<int32_t>(Status::would_block));
static_assert(GEMLIVE_ERROR_TIMEOUT == static_cast<int32_t>(Status::timeout));
static_assert(GEMLIVE_ERROR_CLOSED == static_cast<int32_t>(Status::closed));
static_assert(GEMLIVE_ERROR_CANCELLED == static_cast<int32_t>(Status::cancelled));
static_assert(GEMLIVE_ERROR_WOULD_DEADLOCK == static_cast<int32_t>(Status::would_deadlock));
static_assert(GEMLIVE_ERROR_NETWORK == static_cast<int32_t>(Status::network));
static_assert(GEMLIVE_ERROR_TLS == static_cast<int32_t>(Status::tls));
static_assert(GEMLIVE_ERROR_AUTH == static_cast<int32_t>(Status::auth));
static_assert(GEMLIVE_ERROR_QUOTA == static_cast<int32_t>(Status::quota));
static_assert(GEMLIVE_ERROR_PROTOCOL == static_cast<int32_t>(Status::protocol));
static_assert(GEMLIVE_ERROR_UNSUPPORTED == static_cast<int32_t>(Status::unsupported));
static_assert(GEMLIVE_ERROR_OUT_OF_MEMORY == static_cast<int32_t>(Status::out_of_memory));
static_assert(GEMLIVE_ERROR_INTERNAL == static_cast<int32_t>(Status::internal));

constexpr const char *features[] = {
    "push_audio", "push_image", "push_video", "send_text", "generate_reply", "tool_response", "start_user_activity",
    "end_user_activity", "audio_stream_end", "commit_audio", "clear_audio", "mute", "interrupt", "update_instructions",
    "update_tools", "update_options", "update_model_options", "update_chat_context", "truncate", "get_chat_context", "get_open_calls", "save", "get_tools", "get_capabilities", "read_audio", "send_raw",
    "close", "write_audio",
};

#define GEMLIVE_TEXT2(x) #x
#define GEMLIVE_TEXT(x) GEMLIVE_TEXT2(x)

}  // namespace

namespace gemlive::capi {

gemlive_status fail(Status status, std::string_view message) noexcept
{
    size_t size = std::min(message.size(), sizeof last_message - 1);
    if (size < message.size()) {
        while (size > 0 && (static_cast<unsigned char>(message[size]) & 0xC0) == 0x80) {
            --size;  // not in the middle of a character
        }
    }
    std::memcpy(last_message, message.data(), size);
    last_message[size] = '\0';
    return static_cast<gemlive_status>(status);
}

}  // namespace gemlive::capi

int32_t gemlive_version_number(void)
{
    return GEMLIVE_VERSION_NUMBER;
}

const char *gemlive_version_string(void)
{
    return GEMLIVE_TEXT(GEMLIVE_VERSION_MAJOR) "." GEMLIVE_TEXT(GEMLIVE_VERSION_MINOR) "." GEMLIVE_TEXT(
        GEMLIVE_VERSION_PATCH);
}

int32_t gemlive_has_feature(const char *feature)
{
    return feature && std::any_of(std::begin(features), std::end(features), [feature](const char *known) {
               return std::strcmp(feature, known) == 0;
           });
}

const char *gemlive_status_name(gemlive_status status)
{
    return status_name(static_cast<Status>(status));
}

const char *gemlive_last_error_message(void)
{
    return last_message;
}

gemlive_status gemlive_json_quote(const char *text, size_t length, char *buffer, size_t capacity, size_t *needed)
{
    if (needed) {
        *needed = 0;
    }
    return guarded([&]() -> Error {
        if (!text && length != 0) {
            return null_argument("text");
        }
        try {
            return copy_out(nlohmann::json(std::string_view(text ? text : "", length)).dump(), buffer, capacity, needed);
        } catch (const nlohmann::json::type_error &) {
            return {Status::invalid_argument, "text is not valid UTF-8"};
        }
    });
}

int64_t gemlive_live_object_count(int32_t kind)
{
    return kind >= 1 && kind <= static_cast<int32_t>(HandleTable::kinds)
               ? HandleTable::of(static_cast<unsigned>(kind)).live_count()
               : 0;
}

void gemlive_destroy_all(void)
{
    guarded_or(0, [] {
        for (const uint64_t handle : table<SessionObject>().handles()) {
            destroy(handle_of<SessionObject>(handle));
        }
        for (const uint64_t handle : table<ModelObject>().handles()) {
            destroy(handle_of<ModelObject>(handle));
        }
        for (const uint64_t handle : table<OptionsObject>().handles()) {
            destroy(handle_of<OptionsObject>(handle));
        }
        for (const uint64_t handle : table<EventObject>().handles()) {
            destroy(handle_of<EventObject>(handle), false);
        }
        return 0;
    });
}

gemlive_status gemlive_shutdown(int64_t timeout_ms)
{
    return guarded([&]() -> Error {
        if (timeout_ms < 0) {
            return {Status::invalid_argument, "timeout_ms is " + std::to_string(timeout_ms) + "; allowed is 0 or more"};
        }
        if (delivery::CallbackScope::is_active()) {
            return {Status::would_deadlock, "gemlive_shutdown waits for the thread that runs this callback"};
        }
        if (!platform::wait_until_threads_ended(bounded_ms(timeout_ms))) {
            return {Status::timeout, "a thread of the library still runs: models or sessions live, or a name look-up has no answer yet"};
        }
        return {};
    });
}
