#include "server/auth/gnu_sasl.h"

#include <gsasl.h>

#include <array>
#include <cstddef>
#include <utility>

#include "server/auth/base64.h"
#include "server/auth/digest.h"
#include "server/auth/plain_message.h"

namespace imapspec::server {

namespace {

// RFC 7677 section 4: at least this.
constexpr const char* kIterations = "4096";
constexpr std::size_t kSaltOctets = 16;

using Text = std::unique_ptr<char, decltype([](char* text) { gsasl_free(text); })>;
using Library = std::unique_ptr<Gsasl, decltype([](Gsasl* library) { gsasl_done(library); })>;
using Handle = std::unique_ptr<Gsasl_session, decltype([](Gsasl_session* session) { gsasl_finish(session); })>;

std::optional<std::string> saslprep(std::string_view text) {
  if (!is_utf8_text(text)) return std::nullopt;
  char* out = nullptr;
  // What a client sends is a query (RFC 3454 section 7): code points newer than Unicode 3.2 are let through.
  if (gsasl_saslprep(std::string(text).c_str(), GSASL_ALLOW_UNASSIGNED, &out, nullptr) != GSASL_OK) {
    return std::nullopt;
  }
  const Text prepared(out);
  std::string result(prepared.get());
  if (result.empty()) return std::nullopt;
  return result;
}

class Exchange : public SaslExchange {
 public:
  Exchange(Handle session, const Mechanism& mechanism, const SaslParties& parties, std::string_view secret)
      : session_(std::move(session)), mechanism_(mechanism), parties_(parties), secret_(secret) {
    gsasl_session_hook_set(session_.get(), this);
  }

  SaslStep step(std::string_view octets) override;
  int answer(Gsasl_property property);

 private:
  [[nodiscard]] std::string_view property(Gsasl_property property) const {
    const char* value = gsasl_property_fast(session_.get(), property);
    return value == nullptr ? std::string_view() : std::string_view(value);
  }
  int set(Gsasl_property property, const std::string& value) {
    return gsasl_property_set(session_.get(), property, value.c_str());
  }
  int bind(Gsasl_property property, const std::string& data);
  [[nodiscard]] bool acceptable(std::string_view octets) const;
  [[nodiscard]] std::string user() const;

  Handle session_;
  const Mechanism& mechanism_;
  SaslParties parties_;
  std::string_view secret_;
  bool begun_ = false;
};

// acceptable looks at what the library is lenient about, or reads as C strings.
bool Exchange::acceptable(std::string_view octets) const {
  if (mechanism_.name == "PLAIN") return parse_plain(octets).has_value();
  // RFC 5802 section 6: "p" goes with the mechanisms that bind.
  if (!mechanism_.binding && mechanism_.name.starts_with("SCRAM-") && octets.starts_with("p=")) return false;
  return is_utf8_text(octets);
}

SaslStep Exchange::step(std::string_view octets) {
  const bool trace_left_out = mechanism_.name == "ANONYMOUS" && octets.empty();
  // RFC 4505 section 2: the message of ANONYMOUS may be empty; the library wants something.
  const std::string given(trace_left_out ? std::string_view("-") : octets);
  if (!acceptable(given)) return {};
  char* out = nullptr;
  std::size_t size = 0;
  const int result = gsasl_step(session_.get(), given.data(), given.size(), &out, &size);
  const Text answer(out);
  SaslStep step;
  if (result != GSASL_OK && result != GSASL_NEEDS_MORE) return step;
  if (size > 0) step.octets.assign(answer.get(), size);
  const bool begins = !std::exchange(begun_, true) && mechanism_.first != FirstWord::Client;
  if (result == GSASL_NEEDS_MORE) {
    // Without a message the library asks again, as often as it gets none.
    if (octets.empty() && !begins) return {};
    step.kind = SaslStep::Kind::Challenge;
    return step;
  }
  step.user = user();
  if (step.user.empty()) return {};
  step.kind = SaslStep::Kind::Done;
  step.authorization_id = saslprep(property(GSASL_AUTHZID)).value_or(std::string(property(GSASL_AUTHZID)));
  return step;
}

std::string Exchange::user() const {
  if (mechanism_.certificate) return parties_.tls.certificate_name;
  if (mechanism_.name == "ANONYMOUS") return std::string(kAnonymousUser);
  return saslprep(property(GSASL_AUTHID)).value_or(std::string());
}

int Exchange::bind(Gsasl_property property, const std::string& data) {
  if (data.empty() || !parties_.offers_binding) return GSASL_NO_CALLBACK;
  return set(property, encode_base64(data));
}

// answer is what the library's questions are answered.
int Exchange::answer(Gsasl_property property) {
  const std::string user = this->user();
  switch (property) {
    case GSASL_VALIDATE_SIMPLE: {
      const auto password = saslprep(this->property(GSASL_PASSWORD));
      const bool right = parties_.users.accepts(user, password.value_or(std::string()));
      return right && !user.empty() && password ? GSASL_OK : GSASL_AUTHENTICATION_ERROR;
    }
    case GSASL_PASSWORD:
      // For an unknown user the exchange goes on with a password that nobody can know.
      return set(property, parties_.users.password_of(user).value_or(
                               encode_base64(hmac(Hash::Sha256, secret_, "password of " + user))));
    case GSASL_SCRAM_ITER:
      return set(property, kIterations);
    case GSASL_SCRAM_SALT:
      // The same at each attempt, for users that exist and for others.
      return set(property, encode_base64(hmac(Hash::Sha256, secret_, "salt of " + user).substr(0, kSaltOctets)));
    case GSASL_CB_TLS_EXPORTER:
      return bind(property, parties_.tls.exporter);
    case GSASL_CB_TLS_UNIQUE:
      return bind(property, parties_.tls.unique);
    case GSASL_VALIDATE_EXTERNAL:
      return user.empty() ? GSASL_AUTHENTICATION_ERROR : GSASL_OK;
    case GSASL_VALIDATE_ANONYMOUS:
      return GSASL_OK;
    default:
      return GSASL_NO_CALLBACK;
  }
}

int on_callback(Gsasl*, Gsasl_session* session, Gsasl_property property) {
  auto* exchange = session == nullptr ? nullptr : static_cast<Exchange*>(gsasl_session_hook_get(session));
  return exchange == nullptr ? GSASL_NO_CALLBACK : exchange->answer(property);
}

class GnuSasl : public SaslMechanisms {
 public:
  GnuSasl(Library library, std::string secret) : library_(std::move(library)), secret_(std::move(secret)) {}

  [[nodiscard]] bool has(const Mechanism& mechanism) const override {
    return gsasl_server_support_p(library_.get(), std::string(mechanism.name).c_str()) == 1;
  }

  std::unique_ptr<SaslExchange> start(const Mechanism& mechanism, const SaslParties& parties) override {
    Gsasl_session* session = nullptr;
    const std::string name(mechanism.name);
    if (gsasl_server_start(library_.get(), name.c_str(), &session) != GSASL_OK) return nullptr;
    return std::make_unique<Exchange>(Handle(session), mechanism, parties, secret_);
  }

  [[nodiscard]] std::optional<std::string> prepare(std::string_view text) const override { return saslprep(text); }

 private:
  Library library_;
  std::string secret_;  // what salts, and the passwords of unknown users, are made of
};

}  // namespace

std::unique_ptr<SaslMechanisms> make_gnu_sasl() {
  Gsasl* made = nullptr;
  if (gsasl_init(&made) != GSASL_OK) return nullptr;
  Library library(made);
  gsasl_callback_set(library.get(), on_callback);
  std::array<char, 32> secret{};
  if (gsasl_random(secret.data(), secret.size()) != GSASL_OK) return nullptr;
  return std::make_unique<GnuSasl>(std::move(library), std::string(secret.data(), secret.size()));
}

}  // namespace imapspec::server
