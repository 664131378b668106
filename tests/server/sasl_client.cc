#include "tests/server/sasl_client.h"

#include <gsasl.h>
#include <gtest/gtest.h>

#include <utility>

#include "server/auth/base64.h"

namespace imapspec::server {

struct SaslClient::Impl {
  explicit Impl(Credentials given) : credentials(std::move(given)) {}

  static int on_callback(Gsasl* library, Gsasl_session* session, Gsasl_property property) {
    return static_cast<Impl*>(gsasl_callback_hook_get(library))->answer(session, property);
  }

  int answer(Gsasl_session* asking, Gsasl_property property) const {
    std::string value;
    if (property == GSASL_AUTHID || property == GSASL_ANONYMOUS_TOKEN) value = credentials.user;
    if (property == GSASL_PASSWORD) value = credentials.password;
    if (property == GSASL_AUTHZID) value = credentials.authorization_id;
    if (property == GSASL_CB_TLS_EXPORTER) value = encode_base64(credentials.exporter);
    if (property == GSASL_CB_TLS_UNIQUE) value = encode_base64(credentials.unique);
    if (value.empty()) return GSASL_NO_CALLBACK;
    return gsasl_property_set(asking, property, value.c_str());
  }

  Credentials credentials;
  Gsasl* library = nullptr;
  Gsasl_session* session = nullptr;
  bool satisfied = false;
};

SaslClient::SaslClient(std::string_view mechanism, Credentials credentials)
    : impl_(std::make_unique<Impl>(std::move(credentials))) {
  EXPECT_EQ(gsasl_init(&impl_->library), GSASL_OK);
  gsasl_callback_hook_set(impl_->library, impl_.get());
  gsasl_callback_set(impl_->library, Impl::on_callback);
  EXPECT_EQ(gsasl_client_start(impl_->library, std::string(mechanism).c_str(), &impl_->session), GSASL_OK) << mechanism;
}

SaslClient::~SaslClient() {
  gsasl_finish(impl_->session);
  gsasl_done(impl_->library);
}

std::optional<std::string> SaslClient::step(std::string_view octets) {
  // It looks for a NUL behind what it is given.
  const std::string given(octets);
  char* out = nullptr;
  std::size_t size = 0;
  const int result = gsasl_step(impl_->session, given.c_str(), given.size(), &out, &size);
  if (result != GSASL_OK && result != GSASL_NEEDS_MORE) return std::nullopt;
  impl_->satisfied = result == GSASL_OK;
  std::string answer(out == nullptr ? "" : out, size);
  gsasl_free(out);
  return answer;
}

bool SaslClient::satisfied() const { return impl_->satisfied; }

}  // namespace imapspec::server
