// imapspec run: command lines that make no sense.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"

namespace imapspec::e2e {
namespace {

using testing::HasSubstr;

constexpr const char* kAnyScenario = "rfc9051/6.1.1-capability/lists-imap4rev2";

// One mistake in the command line, and a word of the answer.
struct Misuse {
  std::string name;
  std::vector<std::string> arguments;
  std::string message;
};

void PrintTo(const Misuse& one, std::ostream* out) { *out << one.name; }

class Misuses : public testing::TestWithParam<Misuse> {};

TEST_P(Misuses, AreExitCode2) {
  ::unsetenv("IMAPSPEC_E2E_UNSET");
  std::vector<std::string> arguments = GetParam().arguments;
  arguments.insert(arguments.begin(), {"run", "--quiet"});
  const Finished finished = run_program(command(std::move(arguments)));
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_EQ(finished.output, "");
  EXPECT_THAT(finished.errors, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Run, Misuses,
    testing::Values(
        Misuse{"UnknownOption", {"--nothing"}, "--nothing"},
        Misuse{"NoSuchScenario", {"rfc9051/nothing"}, "rfc9051/nothing"},
        Misuse{"OneOfTwoScenarios", {kAnyScenario, "rfc9051/nothing"}, "rfc9051/nothing"},
        Misuse{"HalfAnElement", {"rfc9051/6.4.5-fet"}, "rfc9051/6.4.5-fet"},
        Misuse{"UnsetVariable",
               {"--server", "127.0.0.1:1", "--user", "alice", "--password-env", "IMAPSPEC_E2E_UNSET"},
               "IMAPSPEC_E2E_UNSET"},
        Misuse{"NoUser", {"--server", "127.0.0.1:1"}, "--user"},
        Misuse{"NoPassword", {"--server", "127.0.0.1:1", "--user", "alice"}, "--password-env"},
        Misuse{"NoPort", {"--server", "127.0.0.1", "--user", "alice"}, "HOST:PORT"},
        Misuse{"PortOutOfRange", {"--server", "127.0.0.1:65536", "--user", "alice"}, "65535"},
        Misuse{"UnknownFault", {"--fault", "nothing", kAnyScenario}, "nothing"},
        Misuse{"FaultOfAnotherServer", {"--fault", "login-before-tls", "--imap", "127.0.0.1:1"}, "--fault"},
        Misuse{"TwoServers", {"--target", "dovecot", "--server", "127.0.0.1:1"}, "--target"},
        Misuse{"PortOfATarget", {"--target", "dovecot", "--imap", "127.0.0.1:1"}, "leave out --target, or --imap"},
        Misuse{"TlsPortOfATarget", {"--target", "dovecot", "--imaps", "127.0.0.1:1"}, "leave out --target, or --imaps"},
        Misuse{"TwoCleartextPorts", {"--server", "127.0.0.1:1", "--imap", "127.0.0.1:2"}, "--server and --imap both"},
        Misuse{"TwoTlsPorts",
               {"--server", "127.0.0.1:1", "--tls", "implicit", "--imaps", "127.0.0.1:2"},
               "--server and --imaps both"},
        Misuse{"UserOfATarget", {"--target", "dovecot", "--user", "carol"}, "--user is for a server"},
        Misuse{"UserOfTheBundledServer", {"--user2", "carol"}, "--user2 is for a server"},
        Misuse{"PasswordOfNobody", {"--password2-env", "IMAPSPEC_E2E_PASSWORD"}, "--user2"},
        Misuse{"FaultOfATarget", {"--fault", "login-before-tls", "--target", "bundled"}, "--fault"},
        Misuse{"ReportOfADryRun", {"--dry-run", "--json", "report.json"}, "--dry-run"},
        Misuse{"TwoReportsInOneFile", {"--json", "./report", "--html", "report"}, "--json and --html"},
        Misuse{"KeyWithoutCertificate", {"--client-key", "/dev/null"}, "--client-certificate"},
        Misuse{"NoSuchCertificate", {"--client-certificate", "/nonexistent"}, "/nonexistent"},
        Misuse{"DelimiterOfTwo", {"--hierarchy-delimiter", "//"}, "--hierarchy-delimiter"},
        Misuse{"OneLimitOfBadCommands", {"--bad-commands", "3"}, "--bad-commands"},
        Misuse{"LoginDelayBelowNothing", {"--login-delay", "-1"}, "--login-delay"},
        Misuse{"ManyConnections", {"--max-connections", "some"}, "--max-connections"},
        Misuse{"InsecureWithCa", {"--insecure", "--ca", "/dev/null"}, "--ca"},
        Misuse{"NoSuchCa", {"--ca", "/nonexistent"}, "/nonexistent"},
        Misuse{"NoSuchBaseline", {"--baseline", "/nonexistent"}, "/nonexistent"},
        Misuse{"NoTimeout", {"--timeout", "0"}, "--timeout"}, Misuse{"TooManyJobs", {"--jobs", "101"}, "--jobs"},
        Misuse{"UnknownFailOn", {"--fail-on", "info"}, "--fail-on"},
        Misuse{"RevisionThatIsNotThere", {"--profile", "rev1", kAnyScenario}, "IMAP4rev1"},
        Misuse{"ReportThatCannotBeWritten", {"--json", "/nonexistent/report.json"}, "/nonexistent/report.json"}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace imapspec::e2e
