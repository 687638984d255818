#include "trust_store.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <list>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>
#include <vector>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "platform/trust.hpp"

namespace gemlive::net {
namespace {

// What a store is made from: a file that is read, a folder that OpenSSL looks into when it needs an authority, a text.
struct Sources {
    std::string file;
    std::string folder;
    std::string text;
    bool by_name = false;  // the application named them: they have to be good

    bool operator==(const Sources &) const = default;
};

// OpenSSL's own variables come first. A statically linked OpenSSL looks where its builder's machine had its roots,
// so the places of other systems come after its own.
Sources system_sources()
{
    Sources out;
    if (const char *file = std::getenv(X509_get_default_cert_file_env())) {
        out.file = file;
    } else if (platform::is_readable_file(X509_get_default_cert_file())) {
        out.file = X509_get_default_cert_file();
    }
    if (const char *folder = std::getenv(X509_get_default_cert_dir_env())) {
        out.folder = folder;
    } else if (platform::is_readable_folder(X509_get_default_cert_dir())) {
        out.folder = X509_get_default_cert_dir();
    }
    if (!out.file.empty() || !out.folder.empty()) {
        return out;
    }
    for (const std::string &file : platform::trust_files()) {
        if (platform::is_readable_file(file)) {
            out.file = file;
            return out;
        }
    }
    for (const std::string &folder : platform::trust_folders()) {
        if (platform::is_readable_folder(folder)) {
            out.folder = folder;
            return out;
        }
    }
    return out;
}

Sources sources_of(const TrustOptions &options)
{
    if (options.ca_file.empty() && options.ca_dir.empty() && options.ca_pem.empty()) {
        return system_sources();
    }
    return Sources{options.ca_file, options.ca_dir, options.ca_pem, true};
}

// Tells a file or a folder from what it was before.
struct Stamp {
    explicit Stamp(const std::string &path)
    {
        std::error_code ignored;
        if (!path.empty()) {
            changed = std::filesystem::last_write_time(path, ignored);
            size = std::filesystem::is_regular_file(path, ignored) ? std::filesystem::file_size(path, ignored) : 0;
        }
    }
    bool operator==(const Stamp &) const = default;

    std::filesystem::file_time_type changed{};
    uintmax_t size = 0;
};

int add_all(X509_STORE *store, const std::string &text)
{
    const std::unique_ptr<BIO, int (*)(BIO *)> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())),
                                                   BIO_free);
    int count = 0;
    while (X509 *certificate = PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr)) {
        X509_STORE_add_cert(store, certificate);
        X509_free(certificate);
        ++count;
    }
    ERR_clear_error();
    return count;
}

Error cannot_use(const std::string &file)
{
    std::error_code why;
    static_cast<void>(std::filesystem::file_size(file, why));
    if (!why && !platform::is_readable_file(file)) {
        why = std::make_error_code(std::errc::permission_denied);
    }
    return Error(Status::tls, "ca_file \"" + file + "\" cannot be used: " +
                                  (why ? why.message() : "it has no certificate in it"));
}

StorePtr read_store(const Sources &sources, Error &error)
{
    StorePtr store(X509_STORE_new());
    if (!store) {
        error = Error(Status::out_of_memory, "no memory for the trusted certificates");
        return nullptr;
    }
    const bool reads_file = !sources.file.empty() && (sources.by_name || !folder_serves_for(sources.folder, sources.file));
    if (reads_file && add_all(store.get(), platform::read_file(sources.file)) == 0 && sources.by_name) {
        error = cannot_use(sources.file);
        return nullptr;
    }
    // OpenSSL would only notice a missing folder at the first handshake.
    if (!sources.folder.empty()) {
        const bool good = platform::is_readable_folder(sources.folder) &&
                          X509_STORE_load_path(store.get(), sources.folder.c_str()) == 1;
        ERR_clear_error();
        if (!good && sources.by_name) {
            error = Error(Status::tls, "ca_dir \"" + sources.folder + "\" cannot be read");
            return nullptr;
        }
    }
    if (!sources.text.empty() && add_all(store.get(), sources.text) == 0) {
        error = Error(Status::tls, "ca_pem has no certificate in it");
        return nullptr;
    }
    return store;
}

class Cache {
public:
    // Never destroyed: a model may be made while the process ends.
    static Cache &instance()
    {
        static Cache *const cache = new Cache;
        return *cache;
    }

    // Under the lock while it reads: many models that start at once read once.
    StorePtr get(const TrustOptions &options, Error &error)
    {
        const Sources sources = sources_of(options);
        const Stamp file(sources.file);
        const Stamp folder(sources.folder);
        std::lock_guard lock(mutex_);
        entries_.remove_if([&](const Entry &entry) {
            return entry.sources == sources && (entry.file != file || entry.folder != folder);
        });
        for (Entry &entry : entries_) {
            if (entry.sources == sources) {
                ++counters_.shared;
                return another(entry.store);
            }
        }
        StorePtr store = read_store(sources, error);
        if (!store) {
            return nullptr;
        }
        ++counters_.read;
        StorePtr out = another(store);
        entries_.push_front(Entry{sources, file, folder, std::move(store)});
        if (entries_.size() > max_entries) {
            entries_.pop_back();
        }
        return out;
    }

    TrustCounters counters()
    {
        std::lock_guard lock(mutex_);
        return counters_;
    }

private:
    static constexpr size_t max_entries = 4;

    struct Entry {
        Sources sources;
        Stamp file;
        Stamp folder;
        StorePtr store;
    };

    static StorePtr another(const StorePtr &store)
    {
        X509_STORE_up_ref(store.get());
        return StorePtr(store.get());
    }

    std::mutex mutex_;
    std::list<Entry> entries_;
    TrustCounters counters_;
};

// "5ed36f99.0"
bool is_named_by_hash(const std::string &name)
{
    constexpr size_t hash_size = 8;
    const size_t dot = name.find('.');
    return dot == hash_size && name.find_first_not_of("0123456789abcdef") == dot && name.size() > dot + 1 &&
           name.find_first_not_of("0123456789", dot + 1) == name.npos;
}

// What stands between the first line of each and its last.
std::vector<std::string_view> certificates_in(std::string_view text)
{
    std::vector<std::string_view> found;
    size_t end = 0;
    for (size_t begin = text.find("-----BEGIN "); begin != text.npos; begin = text.find("-----BEGIN ", end)) {
        end = std::min(text.find("-----END ", begin), text.size());
        found.push_back(text.substr(begin, end - begin));
    }
    return found;
}

}  // namespace

bool folder_serves_for(const std::string &folder, const std::string &file)
{
    if (folder.empty() || file.empty()) {
        return false;
    }
    std::set<std::string, std::less<>> in_folder;
    std::error_code failed;
    std::filesystem::directory_iterator at(folder, failed);
    for (; !failed && at != std::filesystem::directory_iterator(); at.increment(failed)) {
        if (is_named_by_hash(at->path().filename().string())) {
            const std::string text = platform::read_file(at->path().string());
            for (const std::string_view certificate : certificates_in(text)) {
                in_folder.emplace(certificate);
            }
        }
    }
    const std::string text = platform::read_file(file);
    const std::vector<std::string_view> wanted = certificates_in(text);
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(),
                                          [&](std::string_view certificate) { return in_folder.contains(certificate); });
}

StorePtr trust_store(const TrustOptions &options, Error &error)
{
    return Cache::instance().get(options, error);
}

TrustCounters trust_counters()
{
    return Cache::instance().counters();
}

}  // namespace gemlive::net
