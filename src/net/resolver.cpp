#include "net/resolver.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <system_error>

#include <boost/asio/post.hpp>

#include "engine/signal.hpp"
#include "platform/name_lookup.hpp"
#include "platform/thread.hpp"

namespace gemlive::net {

struct Lookup::Waiter {
    Waiter(asio::io_context &io, std::string host) : io(io), host(std::move(host)), answered(io) {}

    asio::io_context &io;
    const std::string host;
    engine::Signal answered;
    Addresses result{Error(Status::cancelled, "the name look-up was cancelled"), {}};
};

namespace {

Addresses system_lookup(const std::string &host)
{
    Addresses out;
    std::string why;
    for (const platform::Address &found : platform::look_up_name(host, why)) {
        if (found.ipv6) {
            out.list.emplace_back(asio::ip::address_v6(found.bytes, found.scope));
        } else {
            out.list.emplace_back(asio::ip::address_v4({found.bytes[0], found.bytes[1], found.bytes[2],
                                                        found.bytes[3]}));
        }
    }
    if (out.list.empty()) {
        out.error = Error(Status::network, "the name \"" + host + "\" could not be resolved: " + why);
    }
    return out;
}

struct Job {
    std::string host;
    std::vector<std::shared_ptr<Lookup::Waiter>> waiters;
};

// Results are posted under the mutex, so that after cancel() nothing touches an io_context that may be gone.
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
        if (queue_.size() >= max_queued) {
            ++counters_.refused;
            return Error(Status::network, "too many name look-ups are waiting for an answer");
        }
        if (threads_ < max_threads) {
            try {
                platform::start_thread("gemlive-dns", [this] { work(); });
                ++threads_;
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
    static constexpr size_t max_threads = 4;
    static constexpr size_t max_queued = 64;

    // A thread lives as long as there is work: nobody has to tell idle ones that the library is shut down.
    void work()
    {
        std::unique_lock lock(mutex_);
        while (!queue_.empty()) {
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
        --threads_;
    }

    std::mutex mutex_;
    std::deque<std::shared_ptr<Job>> queue_;
    std::map<std::string, std::shared_ptr<Job>> jobs_;  // waiting and running
    size_t threads_ = 0;
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

void Lookup::cancel()
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
