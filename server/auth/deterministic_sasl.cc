#include "server/auth/deterministic_sasl.h"

#include <fmt/format.h>

#include <utility>

#include "server/auth/base64.h"
#include "server/auth/digest.h"
#include "server/auth/plain_message.h"
#include "server/auth/scram.h"

namespace imapspec::server {

namespace {

using Kind = SaslStep::Kind;
using Settings = DeterministicSasl::Settings;

// kNobodysPassword stands in for an unknown user; whatever is made of it fails.
constexpr const char* kNobodysPassword = "nobody's";

SaslStep done(std::string_view user, std::string_view authorization_id = {}, std::string octets = {}) {
  return {Kind::Done, std::move(octets), std::string(user), std::string(authorization_id)};
}

SaslStep challenge(std::string_view octets) { return {Kind::Challenge, std::string(octets), {}, {}}; }

class Plain : public SaslExchange {
 public:
  explicit Plain(const SaslParties& parties) : parties_(parties) {}
  SaslStep step(std::string_view octets) override {
    const auto message = parse_plain(octets);
    if (!message || !parties_.users.accepts(message->authentication_id, message->password)) return {};
    return done(message->authentication_id, message->authorization_id);
  }

 private:
  SaslParties parties_;
};

class Login : public SaslExchange {
 public:
  explicit Login(const SaslParties& parties) : parties_(parties) {}
  SaslStep step(std::string_view octets) override {
    switch (steps_++) {
      case 0:
        return challenge("User Name");
      case 1:
        user_ = octets;
        return is_utf8_text(octets) ? challenge("Password") : SaslStep{};
      default:
        return parties_.users.accepts(user_, octets) ? done(user_) : SaslStep{};
    }
  }

 private:
  SaslParties parties_;
  int steps_ = 0;
  std::string user_;
};

class CramMd5 : public SaslExchange {
 public:
  CramMd5(const SaslParties& parties, const Settings& settings) : parties_(parties), settings_(settings) {}
  SaslStep step(std::string_view octets) override {
    if (!std::exchange(asked_, true)) return challenge(settings_.challenge);
    const std::size_t space = octets.rfind(' ');
    if (space == std::string_view::npos) return {};
    const std::string_view user = octets.substr(0, space);
    const auto password = parties_.users.password_of(user);
    std::string expected;
    for (const char octet : hmac(Hash::Md5, password.value_or(kNobodysPassword), settings_.challenge)) {
      expected += fmt::format("{:02x}", static_cast<unsigned char>(octet));
    }
    return password && octets.substr(space + 1) == expected ? done(user) : SaslStep{};
  }

 private:
  SaslParties parties_;
  const Settings& settings_;
  bool asked_ = false;
};

class Scram : public SaslExchange {
 public:
  Scram(const Mechanism& mechanism, const SaslParties& parties, const Settings& settings)
      : hash_(mechanism.name.starts_with("SCRAM-SHA-256") ? Hash::Sha256 : Hash::Sha1),
        plus_(mechanism.binding),
        parties_(parties),
        settings_(settings) {}

  SaslStep step(std::string_view octets) override { return first_ ? final(octets) : first(octets); }

 private:
  SaslStep first(std::string_view octets) {
    first_ = parse_scram_first(octets);
    if (!first_ || first_->binds != plus_) return {};
    // Who could bind and was not offered it has met somebody in between.
    if (first_->flag == "y" && parties_.offers_binding) return {};
    if (plus_) {
      if (first_->flag != "tls-exporter" && first_->flag != "tls-unique") return {};
      binding_ = first_->flag == "tls-exporter" ? parties_.tls.exporter : parties_.tls.unique;
      if (binding_.empty()) return {};
    }
    server_first_ = fmt::format("r={}{},s={},i={}", first_->nonce, settings_.nonce, encode_base64(settings_.salt),
                                settings_.iterations);
    return challenge(server_first_);
  }

  SaslStep final(std::string_view octets) {
    const auto message = parse_scram_final(octets);
    if (!message) return {};
    const auto password = parties_.users.password_of(first_->user);
    const std::string salted =
        salted_password(hash_, password.value_or(kNobodysPassword), settings_.salt, settings_.iterations);
    const auto signatures =
        scram_signatures(hash_, salted, fmt::format("{},{},{}", first_->bare, server_first_, message->without_proof));
    if (!password || message->nonce != first_->nonce + settings_.nonce ||
        message->channel_binding != first_->gs2_header + binding_ || message->proof != signatures.client_proof) {
      return {};
    }
    return done(first_->user, first_->authorization_id, "v=" + encode_base64(signatures.server_signature));
  }

  Hash hash_;
  bool plus_;
  SaslParties parties_;
  const Settings& settings_;
  std::optional<ScramFirst> first_;
  std::string binding_;
  std::string server_first_;
};

// The client's only message is as whom it wants to act, or anything.
class OneMessage : public SaslExchange {
 public:
  OneMessage(std::string user, bool names_somebody) : user_(std::move(user)), names_somebody_(names_somebody) {}
  SaslStep step(std::string_view octets) override {
    if (user_.empty() || !is_utf8_text(octets)) return {};
    return done(user_, names_somebody_ ? octets : std::string_view());
  }

 private:
  std::string user_;
  bool names_somebody_;
};

}  // namespace

std::unique_ptr<SaslExchange> DeterministicSasl::start(const Mechanism& mechanism, const SaslParties& parties) {
  if (mechanism.name == "PLAIN") return std::make_unique<Plain>(parties);
  if (mechanism.name == "LOGIN") return std::make_unique<Login>(parties);
  if (mechanism.name == "CRAM-MD5") return std::make_unique<CramMd5>(parties, settings_);
  if (mechanism.name == "ANONYMOUS") return std::make_unique<OneMessage>(std::string(kAnonymousUser), false);
  if (mechanism.certificate) return std::make_unique<OneMessage>(parties.tls.certificate_name, true);
  return std::make_unique<Scram>(mechanism, parties, settings_);
}

std::optional<std::string> DeterministicSasl::prepare(std::string_view text) const {
  if (text.empty() || !is_utf8_text(text)) return std::nullopt;
  return std::string(text);
}

}  // namespace imapspec::server
