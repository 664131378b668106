// Certificates of one run: what a strict verifier asks of them.
#include "server/net/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "server/net/private_folder.h"
#include "server/net/tls_server.h"

namespace imapspec::server {
namespace {

using Cert = std::unique_ptr<X509, decltype([](X509* x509) { X509_free(x509); })>;
using Roots = std::unique_ptr<X509_STORE, decltype([](X509_STORE* roots) { X509_STORE_free(roots); })>;
using Verification =
    std::unique_ptr<X509_STORE_CTX, decltype([](X509_STORE_CTX* context) { X509_STORE_CTX_free(context); })>;

const std::vector<std::string> kNames{"localhost", "127.0.0.1", "127.0.0.2", "::1"};

Cert read(const std::string& pem) {
  BIO* const bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Cert certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr));
  BIO_free(bio);
  return certificate;
}

// verify yields OpenSSL's reason, X509_V_OK when there is none.
int verify(const MadeCertificate& made, const Certificate& certificate, std::chrono::system_clock::time_point at) {
  const Cert authority = read(made.authority);
  const Cert leaf = read(certificate.chain);
  const Roots roots(X509_STORE_new());
  X509_STORE_add_cert(roots.get(), authority.get());
  const Verification context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), roots.get(), leaf.get(), nullptr);
  X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  X509_STORE_CTX_set_time(context.get(), 0, std::chrono::system_clock::to_time_t(at));
  X509_verify_cert(context.get());
  return X509_STORE_CTX_get_error(context.get());
}

TEST(Certificate, SatisfiesAStrictVerifierForAMonth) {
  const auto now = std::chrono::system_clock::now();
  const auto made = make_certificate(kNames, now);
  ASSERT_TRUE(made) << made.error();
  const auto rsa = made->with_rsa();
  ASSERT_TRUE(rsa) << rsa.error();
  for (const Certificate& one : {made->certificate, *rsa}) {
    EXPECT_EQ(verify(*made, one, now), X509_V_OK);
    EXPECT_EQ(verify(*made, one, now - std::chrono::hours(12)), X509_V_OK);
    EXPECT_EQ(verify(*made, one, now + std::chrono::hours(24 * 29)), X509_V_OK);
    EXPECT_EQ(verify(*made, one, now + std::chrono::hours(24 * 31)), X509_V_ERR_CERT_HAS_EXPIRED);
  }
}

TEST(Certificate, NamesWhatItWasMadeForAndNothingElse) {
  const auto made = make_certificate(kNames, std::chrono::system_clock::now());
  ASSERT_TRUE(made);
  const auto rsa = made->with_rsa();
  ASSERT_TRUE(rsa);
  for (const Certificate& one : {made->certificate, *rsa}) {
    const Cert leaf = read(one.chain);
    EXPECT_EQ(X509_check_host(leaf.get(), "localhost", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_host(leaf.get(), "mail.example", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.2", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "::1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.3", 0), 0);
  }
}

TEST(Certificate, HasTheKeyThatIsAskedFor) {
  const auto made = make_certificate(kNames, std::chrono::system_clock::now());
  ASSERT_TRUE(made);
  const auto rsa = made->with_rsa();
  ASSERT_TRUE(rsa);
  const Cert first = read(made->certificate.chain);
  const Cert second = read(rsa->chain);
  EXPECT_EQ(EVP_PKEY_get_base_id(X509_get0_pubkey(first.get())), EVP_PKEY_EC);
  EXPECT_EQ(EVP_PKEY_get_bits(X509_get0_pubkey(first.get())), 256);
  EXPECT_EQ(EVP_PKEY_get_base_id(X509_get0_pubkey(second.get())), EVP_PKEY_RSA);
  EXPECT_EQ(EVP_PKEY_get_bits(X509_get0_pubkey(second.get())), 2048);
  // RFC 5480 section 3, RFC 5280 section 4.2.1.3.
  EXPECT_EQ(X509_get_key_usage(first.get()), static_cast<std::uint32_t>(KU_DIGITAL_SIGNATURE));
}

TEST(Certificate, NamesWithAMeaningInAConfigurationAreRefused) {
  for (const std::string name : {"", "localhost,DNS:evil.example", "a b", "*.example"}) {
    EXPECT_FALSE(make_certificate(std::vector<std::string>{name}, std::chrono::system_clock::now())) << name;
  }
  EXPECT_FALSE(make_certificate({}, std::chrono::system_clock::now()));
}

TEST(Certificate, IsReadFromFilesAndHasToFitItsKey) {
  const auto now = std::chrono::system_clock::now();
  const auto made = make_certificate(kNames, now);
  const auto other = make_certificate(kNames, now);
  ASSERT_TRUE(made && other);
  const auto folder = PrivateFolder::create();
  ASSERT_TRUE(folder) << folder.error();
  const auto chain = folder->write("chain.pem", made->certificate.chain);
  const auto key = folder->write("key.pem", made->certificate.key);
  ASSERT_TRUE(chain && key);
  const auto both = read_certificate(*chain, *key);
  ASSERT_TRUE(both) << both.error();
  EXPECT_EQ(both->chain, made->certificate.chain);
  EXPECT_TRUE(TlsContext::create(*both));

  EXPECT_FALSE(TlsContext::create({.chain = made->certificate.chain, .key = other->certificate.key}));
  EXPECT_FALSE(TlsContext::create({.chain = "no PEM", .key = made->certificate.key}));
  EXPECT_FALSE(read_certificate(*chain, folder->path() / "missing.pem"));
}

TEST(PrivateFolder, IsForThisUserOnlyAndGoesAway) {
  std::filesystem::path path;
  {
    const auto folder = PrivateFolder::create();
    ASSERT_TRUE(folder) << folder.error();
    path = folder->path();
    struct stat facts{};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
    ASSERT_TRUE(folder->write("file", "octets"));
    EXPECT_TRUE(std::filesystem::exists(path / "file"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace imapspec::server
