// One YAML file that a command is told to read.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "runner/scenario/loader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::cli {

// read_yaml_file reads a file and hands its tree to `read`. The errors are all that were recorded, in the order of the
// file.
std::expected<void, std::vector<runner::LoadError>> read_yaml_file(
    const std::filesystem::path& file, const std::function<void(runner::YamlReader&, const runner::YamlNode&)>& read);

// lines_of writes errors as lines.
std::string lines_of(const std::vector<runner::LoadError>& errors);

}  // namespace imapspec::cli
