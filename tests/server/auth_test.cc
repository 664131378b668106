// Mechanisms, their parts, and what protects passwords: without sessions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>

#include "server/auth/base64.h"
#include "server/auth/deterministic_sasl.h"
#include "server/auth/failed_logins.h"
#include "server/auth/gnu_sasl.h"
#include "server/auth/plain_message.h"
#include "tests/server/sasl_client.h"

namespace imapspec::server {
namespace {

using namespace std::string_literals;
using Kind = SaslStep::Kind;

TEST(Base64, IsDecodedWhereItIsTheOnlyWayToWriteTheOctets) {
  const std::pair<std::string, std::string> kRight[] = {
      {"", ""}, {"AA==", "\0"s}, {"AAA=", "\0\0"s}, {"AAAA", "\0\0\0"s}, {"Zm9v", "foo"}, {"+/+/", "\xFB\xFF\xBF"},
  };
  for (const auto& [text, octets] : kRight) {
    EXPECT_EQ(decode_base64(text), octets) << text;
    EXPECT_EQ(encode_base64(octets), text);
  }
}

TEST(Base64, IsRefusedInEveryOtherForm) {
  for (const std::string& text :
       {"A"s, "AA"s, "AAA"s, "AAAAA"s, "="s, "===="s, "A==="s, "=AAA"s, "A=AA"s, "AA=A"s, "AAA=BBB="s, "AA==AA=="s,
        "AA-_"s, "AA A"s, " AAAA"s, "AAAA "s, "AA\t="s, "AAAA\r\n"s, "AAA\0"s, "AAAA\0\0\0\0"s, "AA\xC3\xA9"s, "*"s,
        // Bits in the padding, one by one (RFC 4648 section 3.5).
        "AB=="s, "AC=="s, "AE=="s, "AI=="s, "AAB="s, "AAC="s, "//=="s, "///="s}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
}

TEST(PlainMessage, HasThreePartsWithoutNul) {
  const std::string message = "z\0user\0p w"s;  // which the parts are views of
  const auto plain = parse_plain(message);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->authorization_id, "z");
  EXPECT_EQ(plain->authentication_id, "user");
  EXPECT_EQ(plain->password, "p w");
  EXPECT_TRUE(parse_plain("\0\xC3\xA9\0x"s));
  for (const std::string& text :
       {""s, "\0"s, "\0\0"s, "a"s, "a\0b"s, "\0a\0"s, "\0\0b"s, "\0a\0b\0"s, "\0a\0b\0c"s, "\0a\xFF\0b"s,
        "\0a\0\xC0\x80"s, "\xED\xA0\x80\0a\0b"s, "\0a\0\xF5\x80\x80\x80"s, "\0a\0\xE2\x82"s}) {
    EXPECT_FALSE(parse_plain(text)) << encode_base64(text);
  }
}

TEST(FailedLogins, AreCountedByAddressAndForgotten) {
  FailedLogins failed;
  const FailedLogins::Time start{};
  EXPECT_EQ(failed.add("192.0.2.1", start), 1U);
  EXPECT_EQ(failed.add("192.0.2.1", start), 2U);
  EXPECT_EQ(failed.add("192.0.2.2", start), 1U);
  EXPECT_EQ(failed.add("192.0.2.1", start + FailedLogins::kMemory), 3U);
  EXPECT_EQ(failed.add("192.0.2.1", start + 3 * FailedLogins::kMemory), 1U);
  EXPECT_EQ(failed.add("", start), 1U);
  EXPECT_EQ(failed.add("", start), 1U);
}

TEST(FailedLogins, OfManyAddressesAreBounded) {
  FailedLogins failed;
  const FailedLogins::Time start{};
  failed.add("old", start);
  for (std::size_t i = 0; i < FailedLogins::kMostAddresses + 10; ++i) {
    failed.add(std::to_string(i), start + std::chrono::seconds(1));
  }
  EXPECT_EQ(failed.addresses(), FailedLogins::kMostAddresses);
  EXPECT_EQ(failed.add("old", start + std::chrono::seconds(1)), 1U);  // it went first
}

TEST(Mechanisms, AreFoundByNameInAnyCase) {
  ASSERT_NE(mechanism_named("scram-sha-256-plus"), nullptr);
  EXPECT_EQ(mechanism_named("scram-sha-256-plus")->name, "SCRAM-SHA-256-PLUS");
  EXPECT_EQ(mechanism_named("PLAI"), nullptr);
  EXPECT_EQ(mechanism_named(""), nullptr);
  for (const std::string& name : usual_mechanisms()) EXPECT_NE(mechanism_named(name), nullptr) << name;
}

const std::map<std::string, std::string> kUsers{
    {"alice", "secret-alice"}, {"user", "pencil"}, {"tim", "tanstaaftanstaaf"}, {"o=b,c", "x=y,z"}, {"\xC3\xA9", "IX"}};
const FaultSet kNoFaults;
const PasswordAuthenticator kAuthenticator(kUsers, kNoFaults);

struct Turn {
  const char* client;
  const char* server;  // the challenge, or the additional data with success
};

// The exchanges that the RFCs print, with the nonces that they have.
void plays(const char* mechanism, const DeterministicSasl::Settings& settings, const std::vector<Turn>& turns) {
  DeterministicSasl sasl(settings);
  const TlsFacts tls;
  const auto exchange = sasl.start(*mechanism_named(mechanism), {.users = kAuthenticator, .tls = tls});
  SaslStep step;
  for (const Turn& turn : turns) {
    step = exchange->step(turn.client);
    EXPECT_EQ(step.octets, turn.server);
  }
  EXPECT_EQ(step.kind, Kind::Done);
}

TEST(DeterministicSasl, PlaysTheExampleOfRfc5802) {
  plays("SCRAM-SHA-1", {.nonce = "3rfcNHYJY1ZVvWVs7j", .salt = *decode_base64("QSXCR+Q6sek8bf92"), .challenge = ""},
        {{"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
          "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"},
         {"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
          "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="}});
}

TEST(DeterministicSasl, PlaysTheExampleOfRfc7677) {
  plays(
      "SCRAM-SHA-256",
      {.nonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", .salt = *decode_base64("W22ZaJ0SNY7soEsUEjb6gQ=="), .challenge = ""},
      {{"n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"},
       {"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="}});
}

TEST(DeterministicSasl, PlaysTheExampleOfRfc2195) {
  plays("CRAM-MD5", {.nonce = "", .salt = "", .challenge = "<1896.697170952@postoffice.reston.mci.net>"},
        {{"", "<1896.697170952@postoffice.reston.mci.net>"}, {"tim b913a602c7eda7a495b4e6e7334d3890", ""}});
}

// Implementation is one that has all mechanisms.
struct Implementation {
  const char* name;
  std::unique_ptr<SaslMechanisms> (*make)();
  friend std::ostream& operator<<(std::ostream& out, const Implementation& one) { return out << one.name; }
};

const Implementation kImplementations[] = {
    {"GnuSasl", make_gnu_sasl},
    {"Deterministic", [] { return std::unique_ptr<SaslMechanisms>(std::make_unique<DeterministicSasl>()); }},
};

class Sasl : public testing::TestWithParam<Implementation> {
 protected:
  // Said is how an exchange went.
  struct Said {
    SaslStep end;
    bool client_satisfied = false;
    std::vector<std::string> challenges;
  };

  std::unique_ptr<SaslExchange> start(std::string_view mechanism) {
    return sasl_->start(*mechanism_named(mechanism),
                        {.users = kAuthenticator, .tls = tls_, .offers_binding = offers_binding_});
  }

  Said talk(std::string_view name, const Credentials& credentials) {
    const Mechanism& mechanism = *mechanism_named(name);
    const auto server = start(name);
    SaslClient client(name, credentials);
    Said said;
    std::optional<std::string> message;
    if (mechanism.first == FirstWord::Client) {
      message = client.step({});
    } else {
      said.end = server->step({});
      said.challenges.push_back(said.end.octets);
      message = client.step(said.end.octets);
    }
    while (message) {
      said.end = server->step(*message);
      if (said.end.kind == Kind::Failed) break;
      if (said.end.kind == Kind::Done && said.end.octets.empty()) {
        said.client_satisfied = client.satisfied();
        break;
      }
      said.challenges.push_back(said.end.octets);
      message = client.step(said.end.octets);
      if (said.end.kind == Kind::Done) {
        said.client_satisfied = message.has_value() && client.satisfied();
        break;
      }
    }
    return said;
  }

  // credentials are a client's that binds where it can.
  [[nodiscard]] Credentials credentials(std::string_view mechanism, const std::string& user,
                                        const std::string& password) const {
    Credentials result{.user = user, .password = password};
    if (mechanism_named(mechanism)->binding) result.exporter = tls_.exporter;
    return result;
  }

  std::unique_ptr<SaslMechanisms> sasl_ = GetParam().make();
  TlsFacts tls_{.version = "TLSv1.2",
                .exporter = std::string(32, '\x01'),
                .unique = std::string(12, '\x02'),
                .certificate_name = "alice"};
  bool offers_binding_ = true;
};

const char* const kWithPasswords[] = {
    "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"};

TEST_P(Sasl, HasEveryMechanism) {
  for (const Mechanism& mechanism : mechanisms()) EXPECT_TRUE(sasl_->has(mechanism)) << mechanism.name;
}

TEST_P(Sasl, AcceptsTheRightPasswordFromAnIndependentClient) {
  for (const char* name : kWithPasswords) {
    for (const auto& [user, password] : kUsers) {
      if (user == "\xC3\xA9" && std::string_view(name) == "CRAM-MD5") continue;  // clients differ about UTF-8 there
      const Said said = talk(name, credentials(name, user, password));
      EXPECT_EQ(said.end.kind, Kind::Done) << name << ' ' << user;
      EXPECT_EQ(said.end.user, user) << name;
      EXPECT_TRUE(said.client_satisfied) << name << ' ' << user;
    }
  }
}

TEST_P(Sasl, RefusesWrongPasswordsAndUnknownUsersAlike) {
  for (const char* name : kWithPasswords) {
    const Said wrong = talk(name, credentials(name, "alice", "wrong"));
    const Said unknown = talk(name, credentials(name, "carol", "wrong"));
    EXPECT_EQ(wrong.end.kind, Kind::Failed) << name;
    EXPECT_EQ(unknown.end.kind, Kind::Failed) << name;
    // They get as far, and are told as much.
    ASSERT_EQ(unknown.challenges.size(), wrong.challenges.size()) << name;
    for (std::size_t i = 0; i < wrong.challenges.size(); ++i) {
      if (std::string_view(name) == "CRAM-MD5") continue;  // a random number of varying length
      EXPECT_EQ(unknown.challenges[i].size(), wrong.challenges[i].size()) << name;
    }
    EXPECT_EQ(unknown.end.octets, wrong.end.octets);
  }
}

TEST_P(Sasl, SaltsAnUnknownUserTheSameEachTime) {
  const auto salt = [&](const std::string& user) {
    const std::string first = start("SCRAM-SHA-256")->step("n,,n=" + user + ",r=abc").octets;
    return first.substr(first.find(",s="));
  };
  EXPECT_EQ(salt("carol"), salt("carol"));
  EXPECT_EQ(salt("alice"), salt("alice"));
  EXPECT_THAT(salt("carol"), testing::EndsWith(",i=4096"));
  EXPECT_THAT(salt("alice"), testing::EndsWith(",i=4096"));
}

TEST_P(Sasl, TellsAsWhomAClientWantsToAct) {
  for (const char* name : {"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"}) {
    const Said said = talk(name, {.authorization_id = "user"});
    EXPECT_EQ(said.end.kind, Kind::Done) << name;
    EXPECT_EQ(said.end.user, "alice") << name;
    EXPECT_EQ(said.end.authorization_id, "user") << name;
  }
}

TEST_P(Sasl, TakesTheUserOfExternalFromTheCertificate) {
  Said said = talk("EXTERNAL", {.authorization_id = "user"});
  EXPECT_EQ(said.end.kind, Kind::Done);
  EXPECT_EQ(said.end.user, "alice");
  EXPECT_EQ(said.end.authorization_id, "user");
  EXPECT_EQ(start("EXTERNAL")->step("").kind, Kind::Done);
  tls_.certificate_name.clear();
  EXPECT_EQ(talk("EXTERNAL", {.authorization_id = "alice"}).end.kind, Kind::Failed);
}

TEST_P(Sasl, LetsAnyoneInAsAnonymous) {
  EXPECT_EQ(talk("ANONYMOUS", {.user = "x@example.org"}).end.user, kAnonymousUser);
  EXPECT_EQ(start("ANONYMOUS")->step("").user, kAnonymousUser);
}

TEST_P(Sasl, BindsToTheConnectionThatItIsOn) {
  for (const char* name : {"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"}) {
    EXPECT_EQ(talk(name, {.unique = tls_.unique}).end.kind, Kind::Done) << name;
    EXPECT_EQ(talk(name, {.exporter = tls_.exporter}).end.kind, Kind::Done) << name;
    EXPECT_EQ(talk(name, {.exporter = std::string(32, '\x09')}).end.kind, Kind::Failed) << name;
    // Another binding than the client said, and none at all.
    EXPECT_EQ(start(name)->step("p=tls-server-end-point,,n=alice,r=abc").kind, Kind::Failed) << name;
    EXPECT_EQ(start(name)->step("n,,n=alice,r=abc").kind, Kind::Failed) << name;
  }
  EXPECT_EQ(start("SCRAM-SHA-256")->step("p=tls-exporter,,n=alice,r=abc").kind, Kind::Failed);
}

TEST_P(Sasl, NoticesThatBindingWasTakenOutOfTheOffer) {
  EXPECT_EQ(start("SCRAM-SHA-256")->step("y,,n=alice,r=abc").kind, Kind::Failed);
  offers_binding_ = false;
  EXPECT_EQ(start("SCRAM-SHA-256")->step("y,,n=alice,r=abc").kind, Kind::Challenge);
}

const std::string kHostile[] = {
    "",
    "\0"s,
    std::string(9'000, 'A'),
    std::string(9'000, '\0'),
    std::string(300, '\xFF'),
    "\xC0\x80",
    "n,,n=alice",
    "n,,n==,r=abc",
    "n,,n=alice,r=",
    "n,,m=x,n=alice,r=abc",
    "n,a,n=alice,r=abc",
    "x,,n=alice,r=abc",
    "p=,,n=alice,r=abc",
    ",,,,,,,,",
    "c=biws,r=abc,p=AAAA",
    "c=,r=,p=",
    "c=biws,r=abcfixed-nonce,p=" + encode_base64(std::string(32, 'x')),
    "alice secret-alice",
    "alice 00000000000000000000000000000000",
    " ",
    "a\0alice\0secret-alice\0"s,
    "%s%s%n",
};

TEST_P(Sasl, FailsOnHostileInputAtEveryStep) {
  for (const Mechanism& mechanism : mechanisms()) {
    if (mechanism.name == "ANONYMOUS" || mechanism.certificate) continue;  // any text is right there
    for (const std::string& hostile : kHostile) {
      for (const std::string& before : {""s, "n,,n=alice,r=abc"s, "p=tls-exporter,,n=alice,r=abc"s, "alice"s}) {
        const auto exchange = start(mechanism.name);
        SaslStep step;
        if (mechanism.first != FirstWord::Client) step = exchange->step({});
        if (!before.empty()) step = exchange->step(before);
        if (step.kind == Kind::Failed && !before.empty()) continue;
        // LOGIN takes any user name.
        for (int i = 0; i < 3 && step.kind != Kind::Done; ++i) {
          step = exchange->step(hostile);
          if (step.kind == Kind::Failed) break;
        }
        EXPECT_EQ(step.kind, Kind::Failed) << mechanism.name << ' ' << encode_base64(hostile).substr(0, 60);
      }
    }
  }
}

TEST_P(Sasl, PreparesNothingThatIsNoText) {
  EXPECT_EQ(sasl_->prepare("alice"), "alice");
  EXPECT_EQ(sasl_->prepare("\xC3\xA9"), "\xC3\xA9");
  for (const std::string& text : {""s, "a\0b"s, "\xFF"s, "\xED\xA0\x80"s}) {
    EXPECT_EQ(sasl_->prepare(text), std::nullopt) << encode_base64(text);
  }
}

INSTANTIATE_TEST_SUITE_P(Implementations, Sasl, testing::ValuesIn(kImplementations),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(GnuSasl, PreparesAsRfc4013Says) {
  const auto sasl = make_gnu_sasl();
  // RFC 4013 section 3
  EXPECT_EQ(sasl->prepare("I\xC2\xADX"), "IX");
  EXPECT_EQ(sasl->prepare("USER"), "USER");
  EXPECT_EQ(sasl->prepare("\xC2\xAA"), "a");
  EXPECT_EQ(sasl->prepare("\xE2\x85\xA8"), "IX");
  EXPECT_EQ(sasl->prepare("\x07"), std::nullopt);
  EXPECT_EQ(sasl->prepare("\xD8\xA7\x31"), std::nullopt);
  EXPECT_EQ(sasl->prepare("\xC2\xAD"), std::nullopt);  // nothing is left
}

TEST(GnuSasl, TakesPasswordsInAnyFormThatIsPreparedAlike) {
  const auto sasl = make_gnu_sasl();
  const TlsFacts tls;
  for (const std::string& message : {"\0\xC3\xA9\0I\xC2\xADX"s, "\0e\xCC\x81\0\xE2\x85\xA8"s}) {
    const auto exchange = sasl->start(*mechanism_named("PLAIN"), {.users = kAuthenticator, .tls = tls});
    const SaslStep step = exchange->step(message);
    EXPECT_EQ(step.kind, Kind::Done);
    EXPECT_EQ(step.user, "\xC3\xA9");
  }
}

TEST(GnuSasl, LeavesNoncesAndSaltsToChance) {
  const TlsFacts tls;
  const auto challenge = [&](SaslMechanisms& sasl) {
    const SaslParties parties{.users = kAuthenticator, .tls = tls};
    return sasl.start(*mechanism_named("SCRAM-SHA-256"), parties)->step("n,,n=alice,r=abc").octets;
  };
  const auto sasl = make_gnu_sasl();
  const std::string first = challenge(*sasl);
  const std::string second = challenge(*sasl);
  EXPECT_NE(first.substr(0, first.find(',')), second.substr(0, second.find(',')));
  const std::string elsewhere = challenge(*make_gnu_sasl());
  EXPECT_NE(first.substr(first.find(',')), elsewhere.substr(elsewhere.find(',')));
}

}  // namespace
}  // namespace imapspec::server
