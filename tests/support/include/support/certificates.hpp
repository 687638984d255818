#pragma once

#include <string>
#include <vector>

namespace gemlive::test {

// A throw-away certificate authority and one leaf signed by it, made afresh in memory.
struct Certificates {
    struct Names {
        std::vector<std::string> dns{"localhost"};
        std::vector<std::string> ip{"127.0.0.1", "::1"};
        std::string common = "gemlive test server";  // the subject's CN
        bool expired = false;
    };

    static Certificates make() { return make(Names()); }
    static Certificates make(const Names &names);

    std::string ca_pem;
    std::string leaf_pem;
    std::string key_pem;
};

}  // namespace gemlive::test
