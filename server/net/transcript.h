// What was said in all sessions of a server, in a file.
//
// Each line is the number of a connection, who spoke, and what. Octets are escaped as the parser does it
// (parser::escape_octets); after each LF a new line begins, so that a line of IMAP is a line of the file:
//   1 TLS                      the connection is encrypted from here on
//   1 S * OK Ready\x0d\x0a     the server, without TLS's own octets
//   1 C a LOGOUT\x0d\x0a       the client
//   1 END                      the connection is closed
#pragma once

#include <cstdint>
#include <cstdio>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace imapspec::server {

// Transcript writes such a file. Passwords are in it: a file that it creates is for this user alone.
class Transcript {
 public:
  // open creates the file, or empties it. The error is a sentence.
  static std::expected<std::unique_ptr<Transcript>, std::string> open(const std::string& path);

  Transcript(const Transcript&) = delete;
  Transcript& operator=(const Transcript&) = delete;
  ~Transcript();

  // begin is the number of a new connection, from 1 on.
  std::uint64_t begin() { return ++connections_; }
  void server_said(std::uint64_t connection, std::string_view octets) { said(connection, "S", octets); }
  void client_said(std::uint64_t connection, std::string_view octets) { said(connection, "C", octets); }
  void tls(std::uint64_t connection) { line(connection, "TLS"); }
  void end(std::uint64_t connection) { line(connection, "END"); }

 private:
  explicit Transcript(std::FILE* file) : file_(file) {}
  void said(std::uint64_t connection, std::string_view who, std::string_view octets);
  void line(std::uint64_t connection, std::string_view text);

  std::FILE* file_;
  std::uint64_t connections_ = 0;
};

}  // namespace imapspec::server
