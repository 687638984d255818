#include "check_log.hpp"
#include "talk.hpp"

#include <clocale>
#include <cstdio>
#include <exception>

int main(int argc, char **argv)
{
    using namespace gemlive::talk;
    std::setlocale(LC_CTYPE, "");
    try {
        Options options = parse_options(std::vector<std::string>(argv + 1, argv + argc));
        hide_secrets(argc, argv);
        if (options.help) {
            std::fputs(help_text().c_str(), stdout);
            return exit_done;
        }
        if (options.version) {
            std::printf("gemlive-talk %s\n", gemlive_version_string());
            return exit_done;
        }
        if (options.check) {
            return check_log(*options.scenario, *options.check);
        }
        return talk(std::move(options));
    } catch (const UsageError &error) {
        std::fprintf(stderr, "gemlive-talk: %s\n", error.what());
        return exit_usage;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "gemlive-talk: %s\n", error.what());
        return exit_failed;
    }
}
