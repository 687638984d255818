#include "net/resolver.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <netdb.h>

#include "net/signal.hpp"

namespace gemlive::net {

struct Lookup::Waiter {
    Waiter(asio::io_context &io, std::string host) : io(io), host(std::move(host)), answered(io) {}

    asio::io_context &io;
    const std::string host;
    Signal answered;
    Addresses result{Error(Status::cancelled, "the name look-up was given up"), {}};
};

namespace {

Addresses ask_system(const std::string &host, int flags)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo *found = nullptr;
    Addresses out;
    const int code = getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (code != 0) {
        out.error =
            Error(Status::network, "the name \"" + host + "\" could not be resolved: " + gai_strerror(code));
        return out;
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo *)> owner(found, freeaddrinfo);
    for (const addrinfo *entry = found; entry != nullptr; entry = entry->ai_next) {
        asio::ip::tcp::endpoint endpoint;
        if (entry->ai_addrlen <= endpoint.capacity()) {
            endpoint.resize(entry->ai_addrlen);
            std::copy_n(reinterpret_cast<const char *>(entry->ai_addr), entry->ai_addrlen,
                        reinterpret_cast<char *>(endpoint.data()));
            out.list.push_back(endpoint.address());
        }
    }
    if (out.list.empty()) {
        out.error = Error(Status::network, "the name \"" + host + "\" has no address");
    }
    return out;
}

// A machine without a network has no address but loopback's, and AI_ADDRCONFIG would then hide even localhost.
Addresses system_lookup(const std::string &host)
{
    Addresses out = ask_system(host, AI_ADDRCONFIG);
    return out.error ? ask_system(host, 0) : out;
}

struct Job {
    std::string host;
    std::vector<std::shared_ptr<Lookup::Waiter>> waiters;
};

// Results are posted under the mutex, so that after give_up() nothing touches an io_context that may be gone.
class Pool {
public:
    // Never destroyed: its threads may be inside the system's resolver when the program ends.
    static Pool &instance()
    {
        static Pool *const pool = new Pool;
        return *pool;
    }

    Error add(const std::shared_ptr<Lookup::Waiter> &waiter)
    {
        std::lock_guard lock(mutex_);
        if (const auto same = jobs_.find(waiter->host); same != jobs_.end()) {
            same->second->waiters.push_back(waiter);
            ++counters_.shared;
            return {};
        }
        if (queue_.size() >= most_queued) {
            ++counters_.refused;
            return Error(Status::network, "too many name look-ups are waiting for an answer");
        }
        if (idle_ <= queue_.size() && threads_ < most_threads) {
            try {
                start_thread();
            } catch (const std::system_error &) {
                if (threads_ == 0) {
                    return Error(Status::out_of_memory, "no thread could be started for the name look-up");
                }
            }
        }
        auto job = std::make_shared<Job>();
        job->host = waiter->host;
        job->waiters.push_back(waiter);
        jobs_.emplace(job->host, job);
        queue_.push_back(std::move(job));
        work_.notify_one();
        return {};
    }

    void remove(const std::shared_ptr<Lookup::Waiter> &waiter)
    {
        std::lock_guard lock(mutex_);
        const auto entry = jobs_.find(waiter->host);
        if (entry == jobs_.end()) {
            return;
        }
        const std::shared_ptr<Job> job = entry->second;
        if (std::erase(job->waiters, waiter) == 0) {
            return;
        }
        ++counters_.abandoned;
        if (job->waiters.empty() && std::erase(queue_, job) != 0) {
            jobs_.erase(entry);
        }
    }

    ResolverCounters counters()
    {
        std::lock_guard lock(mutex_);
        return counters_;
    }

    LookupFunction replace(LookupFunction function)
    {
        std::lock_guard lock(mutex_);
        return std::exchange(function_, function ? function : system_lookup);
    }

private:
    static constexpr size_t most_threads = 4;
    static constexpr size_t most_queued = 64;
    static constexpr auto idle_time = std::chrono::seconds(10);

    // The application's signals are for the application's threads.
    void start_thread()
    {
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        try {
            std::thread([this] { work(); }).detach();
            ++threads_;
        } catch (...) {
            pthread_sigmask(SIG_SETMASK, &before, nullptr);
            throw;
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void work()
    {
        std::unique_lock lock(mutex_);
        for (;;) {
            ++idle_;
            const bool found = work_.wait_for(lock, idle_time, [this] { return !queue_.empty(); });
            --idle_;
            if (!found) {
                --threads_;
                return;
            }
            const std::shared_ptr<Job> job = std::move(queue_.front());
            queue_.pop_front();
            ++counters_.started;
            const LookupFunction look_up = function_;
            lock.unlock();
            const Addresses result = look_up(job->host);
            lock.lock();
            jobs_.erase(job->host);
            for (std::shared_ptr<Lookup::Waiter> &waiter : job->waiters) {
                asio::io_context &io = waiter->io;
                // Moved, not copied: the last reference must not be dropped on this thread.
                asio::post(io, [waiter = std::move(waiter), result] {
                    waiter->result = result;
                    waiter->answered.notify();
                });
            }
            job->waiters.clear();
        }
    }

    std::mutex mutex_;
    std::condition_variable work_;
    std::deque<std::shared_ptr<Job>> queue_;
    std::map<std::string, std::shared_ptr<Job>> jobs_;  // waiting and running
    size_t threads_ = 0;
    size_t idle_ = 0;
    ResolverCounters counters_;
    LookupFunction function_ = system_lookup;
};

}  // namespace

Lookup::Lookup(asio::io_context &io, std::string host) : waiter_(std::make_shared<Waiter>(io, std::move(host))) {}

Lookup::~Lookup()
{
    Pool::instance().remove(waiter_);
}

asio::awaitable<Addresses> Lookup::run()
{
    const std::shared_ptr<Waiter> waiter = waiter_;
    const Error refused = Pool::instance().add(waiter);
    if (refused) {
        waiter->result.error = refused;
    } else {
        co_await waiter->answered.wait();
    }
    co_return waiter->result;
}

void Lookup::give_up()
{
    Pool::instance().remove(waiter_);
    waiter_->answered.notify();
}

ResolverCounters resolver_counters()
{
    return Pool::instance().counters();
}

LookupFunction replace_lookup_function(LookupFunction function)
{
    return Pool::instance().replace(function);
}

}  // namespace gemlive::net
