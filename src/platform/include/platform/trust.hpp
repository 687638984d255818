#pragma once

#include <string>
#include <vector>

namespace gemlive::platform {

bool is_readable_file(const std::string &path);
bool is_readable_folder(const std::string &path);

// Where systems keep the certificates of the authorities that they trust, as one file or as a folder of many: the most
// usual place first.
std::vector<std::string> trust_files();
std::vector<std::string> trust_folders();

// A file's whole text; empty if it cannot be read. No child inherits the descriptor meanwhile.
std::string read_file(const std::string &path);

}  // namespace gemlive::platform
