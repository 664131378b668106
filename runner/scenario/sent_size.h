// How much a scenario sends, as far as that is known before it runs.
#pragma once

#include <vector>

#include "runner/scenario/fixture_reader.h"
#include "runner/scenario/scenario.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// check_sent_sizes records an error for each step that would send more than kMostExpanded octets, in any of the rows.
// What a hole captures is not known yet, and counts as nothing.
void check_sent_sizes(YamlReader& reader, const Scenario& scenario, const std::vector<Row>& rows);

}  // namespace imapspec::runner
