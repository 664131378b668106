// imapspec run against a server that wants TLS from both sides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "server/net/certificate.h"
#include "tests/e2e/hostile_server.h"
#include "tests/e2e/hostile_tls.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ClientCertificate : public testing::Test {
 protected:
  ClientCertificate()
      : server_([](Peer& peer) {
          TlsPeer tls(peer, TlsPeer::Wants::Certificate);
          if (!tls.write("* OK [CAPABILITY IMAP4rev2] ready\r\n")) return;
          while (const auto line = tls.read_line()) {
            const std::string tag = line->substr(0, line->find(' '));
            const std::string rest = line->substr(std::min(line->size(), tag.size() + 1));
            if (!tls.write(sane_answer(tag, rest.substr(0, rest.find(' ')))) || rest == "LOGOUT") return;
          }
        }) {
    ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
    const auto certificate = [&](const std::string& name) {
      const auto made =
          server::make_certificate(std::array<std::string, 1>{name + ".example"}, std::chrono::system_clock::now());
      EXPECT_TRUE(made);
      if (!made) return;
      folder_.write(name + ".pem", made->certificate.chain);
      folder_.write(name + "-key.pem", made->certificate.key);
      folder_.write("messages/" + name + ".pem", made->certificate.chain + made->certificate.key);
    };
    certificate("client");
    certificate("other");
    folder_.write("suite/plain.yaml",
                  "title: T\nrequirement: 6.1.1/imap4rev2-is-listed\nstart: authenticated\nsteps:\n"
                  "  - C: 'CAPABILITY'\n  - S: '* CAPABILITY IMAP4rev2'\n  - S: 'OK'\n");
  }

  [[nodiscard]] std::string file(const std::string& name) const { return folder_.path() / name; }

  [[nodiscard]] Finished run(std::vector<std::string> more) const {
    more.insert(more.begin(), {"run", "--quiet", "--tls", "implicit", "--insecure", "--scenarios", file("suite")});
    return run_program(command(std::move(more)));
  }

  [[nodiscard]] Finished run_on_server(std::vector<std::string> more) const {
    more.insert(more.begin(), {"--server", host_port(server_.address()), "--user", "alice", "--password-env",
                               "IMAPSPEC_E2E_PASSWORD"});
    return run(std::move(more));
  }

  runner::TemporaryFolder folder_;
  HostileServer server_;
};

TEST_F(ClientCertificate, IsShownToAServerThatDemandsOne) {
  const Finished without = run_on_server({});
  EXPECT_EQ(without.exit_code, 4);
  EXPECT_THAT(without.errors, HasSubstr("cannot be tested"));
  const Finished with =
      run_on_server({"--client-certificate", file("client.pem"), "--client-key", file("client-key.pem")});
  EXPECT_EQ(with.exit_code, 0) << with.errors << with.output;
  const Finished in_one = run_on_server({"--client-certificate", file("messages/client.pem")});
  EXPECT_EQ(in_one.exit_code, 0) << in_one.errors;
}

TEST_F(ClientCertificate, ThatCannotBeShownEndsTheRunBeforeItBegins) {
  const Finished misfit =
      run_on_server({"--client-certificate", file("client.pem"), "--client-key", file("other-key.pem")});
  EXPECT_EQ(misfit.exit_code, 3);
  EXPECT_THAT(misfit.errors, AllOf(HasSubstr("client.pem and "), HasSubstr("the key is not that of the certificate")));
  const Finished keyless = run_on_server({"--client-certificate", file("client.pem")});
  EXPECT_EQ(keyless.exit_code, 3);
  EXPECT_THAT(keyless.errors, HasSubstr("client.pem: there is no key (PEM)"));
}

TEST_F(ClientCertificate, OfATargetIsInItsFile) {
  const auto target = [&](const std::string& key) {
    folder_.write("target.yaml", "name: mutual\nstart: [sh, -c, 'cp {folder}/client.pem {state}; echo READY imaps=" +
                                     host_port(server_.address()) +
                                     "; exec sleep 600']\nuser: alice\npassword: secret-alice\n"
                                     "client-certificate: '{state}/client.pem'\nclient-key: '{folder}/" +
                                     key + "'\n");
    return run({"--target", file("target.yaml")});
  };
  const Finished right = target("client-key.pem");
  EXPECT_EQ(right.exit_code, 0) << right.errors;
  const Finished missing = target("no-key.pem");
  EXPECT_EQ(missing.exit_code, 3);
  EXPECT_THAT(missing.errors, HasSubstr("no-key.pem: "));
}

// A step shows its own, or none.
TEST_F(ClientCertificate, OfAScenarioIsStronger) {
  folder_.write("suite/none.yaml",
                "title: T\nrequirement: 6.1.1/imap4rev2-is-listed\nstart: dialled\ntls: implicit\nsteps:\n"
                "  - tls: refused\n    maximum: '1.2'\n    certificate: ''\n");
  folder_.write("suite/run.yaml",
                "title: T\nrequirement: 6.1.1/imap4rev2-is-listed\nstart: dialled\ntls: implicit\nsteps:\n"
                "  - tls: succeeds\n    maximum: '1.2'\n  - S: '* OK'\n");
  const Finished finished = run_on_server({"--client-certificate", file("messages/client.pem")});
  EXPECT_EQ(finished.exit_code, 0) << finished.errors << finished.output;
  EXPECT_THAT(finished.output, HasSubstr("3 passed"));
}

}  // namespace
}  // namespace imapspec::e2e
