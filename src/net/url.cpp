#include "net/url.hpp"

#include <algorithm>
#include <charconv>

#include <boost/asio/ip/address.hpp>

namespace gemlive::net {
namespace {

Error bad(const std::string &what)
{
    return Error(Status::invalid_argument, "the URL " + what);
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : char(c); });
    return out;
}

bool is_ipv6(const std::string &text)
{
    boost::system::error_code ec;
    boost::asio::ip::make_address_v6(text, ec);
    return !ec;
}

bool is_host_name(const std::string &text)
{
    return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

// Anything else could end the request line and start a header of its own.
bool is_request_target(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

Error parse_authority(std::string_view authority, Url &url)
{
    if (const size_t at = authority.rfind('@'); at != std::string_view::npos) {
        url.userinfo = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    std::string_view port;
    bool has_port = false;
    if (authority.starts_with('[')) {
        const size_t end = authority.find(']');
        if (end == std::string_view::npos) {
            return bad("has a '[' without a ']'");
        }
        url.host = lower(authority.substr(1, end - 1));
        if (!is_ipv6(url.host)) {
            return bad("has no IPv6 address between its brackets");
        }
        port = authority.substr(end + 1);
        if (!port.empty() && !port.starts_with(':')) {
            return bad("has something other than a port behind its IPv6 address");
        }
        has_port = !port.empty();
        port = has_port ? port.substr(1) : port;
    } else {
        const size_t colon = authority.find(':');
        has_port = colon != std::string_view::npos;
        url.host = lower(authority.substr(0, colon));
        port = has_port ? authority.substr(colon + 1) : std::string_view();
        if (url.host.empty()) {
            return bad("names no host");
        }
        if (!is_host_name(url.host)) {
            return bad("has a host name with characters that no host name has");
        }
    }
    url.port = url.tls ? 443 : 80;
    if (has_port) {
        uint16_t number = 0;
        const auto [end, ec] = std::from_chars(port.data(), port.data() + port.size(), number);
        if (ec != std::errc() || end != port.data() + port.size() || number == 0) {
            return bad("has a port that is not a number from 1 to 65535");
        }
        url.port = number;
    }
    return {};
}

}  // namespace

Error Url::parse(std::string_view text, Url &out)
{
    const size_t colon = text.find("://");
    if (colon == std::string_view::npos) {
        return bad("has no scheme: it has to start with wss://, ws://, https:// or http://");
    }
    const std::string scheme = lower(text.substr(0, colon));
    Url url;
    if (scheme == "wss" || scheme == "https") {
        url.tls = true;
    } else if (scheme == "ws" || scheme == "http") {
        url.tls = false;
    } else {
        return bad("has the scheme \"" + scheme + "\"; only wss, ws, https and http are known");
    }
    std::string_view rest = text.substr(colon + 3);
    rest = rest.substr(0, rest.find('#'));
    const size_t path = std::min(rest.find('/'), rest.find('?'));
    const Error error = parse_authority(rest.substr(0, path), url);
    if (error) {
        return error;
    }
    const std::string_view target = path == std::string_view::npos ? std::string_view() : rest.substr(path);
    url.target = target.starts_with('/') ? "" : "/";
    url.target += target;
    if (!is_request_target(url.target)) {
        return bad("has a space, a control character or a character outside ASCII in its path");
    }
    out = std::move(url);
    return {};
}

bool Url::is_loopback() const
{
    if (host == "localhost" || host.ends_with(".localhost")) {
        return true;
    }
    boost::system::error_code ec;
    const auto address = boost::asio::ip::make_address(host, ec);
    if (ec) {
        return false;
    }
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        const auto v4 = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
        return v4.is_loopback();
    }
    return address.is_loopback();
}

std::string Url::host_header() const
{
    const std::string whole = authority();
    return port == (tls ? 443 : 80) ? whole.substr(0, whole.rfind(':')) : whole;
}

std::string Url::authority() const
{
    const bool is_address_v6 = host.find(':') != std::string::npos;
    std::string out = is_address_v6 ? "[" : "";
    out += host;
    out += is_address_v6 ? "]:" : ":";
    out += std::to_string(port);
    return out;
}

}  // namespace gemlive::net
