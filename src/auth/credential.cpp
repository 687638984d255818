#include "auth/credential.hpp"

#include <utility>

namespace gemlive::auth {
namespace {

namespace asio = boost::asio;

class FixedCredential final : public CredentialProvider {
public:
    FixedCredential(std::string header, std::string value) : header_(std::move(header)), value_(std::move(value)) {}

    asio::awaitable<Error> ask(Way &, Credential &out) override
    {
        out.header = header_;
        out.value = Secrets::Guard(value_.text());
        co_return Error();
    }

private:
    const std::string header_;
    const Secrets::Guard value_;
};

class MissingCredential final : public CredentialProvider {
public:
    explicit MissingCredential(std::string why) : why_(std::move(why)) {}

    asio::awaitable<Error> ask(Way &, Credential &) override { co_return Error(Status::auth, why_); }

private:
    const std::string why_;
};

}  // namespace

std::shared_ptr<CredentialProvider> fixed_credential(std::string header, std::string value)
{
    return std::make_shared<FixedCredential>(std::move(header), std::move(value));
}

std::shared_ptr<CredentialProvider> missing_credential(std::string why)
{
    return std::make_shared<MissingCredential>(std::move(why));
}

}  // namespace gemlive::auth
