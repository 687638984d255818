#include "base/status.hpp"

namespace gemlive {

const char *status_name(Status status) noexcept
{
    switch (status) {
    case Status::ok: return "GEMLIVE_OK";
    case Status::invalid_argument: return "GEMLIVE_ERROR_INVALID_ARGUMENT";
    case Status::invalid_handle: return "GEMLIVE_ERROR_INVALID_HANDLE";
    case Status::invalid_state: return "GEMLIVE_ERROR_INVALID_STATE";
    case Status::too_small: return "GEMLIVE_ERROR_TOO_SMALL";
    case Status::would_block: return "GEMLIVE_ERROR_WOULD_BLOCK";
    case Status::timeout: return "GEMLIVE_ERROR_TIMEOUT";
    case Status::closed: return "GEMLIVE_ERROR_CLOSED";
    case Status::cancelled: return "GEMLIVE_ERROR_CANCELLED";
    case Status::would_deadlock: return "GEMLIVE_ERROR_WOULD_DEADLOCK";
    case Status::network: return "GEMLIVE_ERROR_NETWORK";
    case Status::tls: return "GEMLIVE_ERROR_TLS";
    case Status::auth: return "GEMLIVE_ERROR_AUTH";
    case Status::quota: return "GEMLIVE_ERROR_QUOTA";
    case Status::protocol: return "GEMLIVE_ERROR_PROTOCOL";
    case Status::unsupported: return "GEMLIVE_ERROR_UNSUPPORTED";
    case Status::out_of_memory: return "GEMLIVE_ERROR_OUT_OF_MEMORY";
    case Status::internal: return "GEMLIVE_ERROR_INTERNAL";
    }
    return "GEMLIVE_ERROR_INTERNAL";
}

}  // namespace gemlive
