// The JUnit report, for build servers: valid against junit-10.xsd of Jenkins' xUnit plugin.
//
// One test suite per folder of scenarios, and one test case per scenario and profile. What
// the monitor and the grammar found belongs to no scenario's verdict, so each of these findings is
// a test case of its own, in the suites "monitor" and "grammar": otherwise a build would be green when the
// run is not.
//
//   fail, xpass                 failure
//   error                       error
//   skip, unimplemented, xfail  skipped, with the reason
//   the rest                    passed, with what there is to tell in system-out
#pragma once

#include <string>

#include "runner/result/result.h"

namespace imapspec::reports {

// junit_report is an XML 1.0 document in UTF-8. Long text is cut after 8192 octets: build servers
// keep it all in memory. The JSON report has the rest.
std::string junit_report(const runner::RunResult& run);

}  // namespace imapspec::reports
