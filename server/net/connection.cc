#include "server/net/connection.h"

#include <asio/buffer.hpp>
#include <utility>

namespace imapspec::server {
namespace {

// One write; at most this much of the session's output is held twice.
constexpr std::size_t kWriteOctets = std::size_t{64} << 10;

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, bool implicit_tls, const Surroundings& surroundings)
    : socket_(std::move(socket)),
      surroundings_(surroundings),
      session_(*surroundings.store, *surroundings.options, *surroundings.faults, surroundings.authentication),
      implicit_tls_(implicit_tls),
      number_(surroundings.transcript == nullptr ? 0 : surroundings.transcript->begin()),
      wake_(socket_.get_executor()),
      phase_since_(Clock::now()),
      write_progress_(phase_since_) {
  asio::error_code gone;
  const auto client = socket_.remote_endpoint(gone);
  if (!gone) address_ = client.address();
}

void Connection::start() {
  asio::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  peer_.address = address_.to_string();
  session_.on_time(surroundings_.clock->now());
  if (implicit_tls_) {
    begin_handshake();
  } else {
    session_.on_connected(false, peer_);
  }
  pump();
}

void Connection::refuse(std::string_view text) {
  refused_ = true;
  session_.on_refused(text);
  pump();
}

bool Connection::logged_in() const { return session_.state() != Session::State::NotAuthenticated; }

void Connection::on_store_changed() {
  if (phase_ != Phase::Talking) return;
  session_.on_store_changed();
  pump();
}

void Connection::on_time(Clock::time_point now) {
  if (phase_ == Phase::Closed) return;
  const auto in_phase = now - phase_since_;
  if ((phase_ == Phase::Handshaking && in_phase > limits().handshake) ||
      (phase_ == Phase::Closing && in_phase > limits().linger) ||
      (writing_ && now - write_progress_ > limits().stalled_write)) {
    return close();
  }
  if (phase_ != Phase::Talking) return;
  session_.on_time(surroundings_.clock->now());
  pump();
}

void Connection::close() {
  if (phase_ == Phase::Closed) return;
  phase_ = Phase::Closed;
  asio::error_code ignored;
  socket_.close(ignored);
  wake_.cancel();
  if (surroundings_.transcript != nullptr) surroundings_.transcript->end(number_);
  surroundings_.closed(*this);
}

// pump does what can be done now: send, then fulfil the session's wish, then read.
void Connection::pump() {
  if (phase_ == Phase::Closed || writing_) return;
  if (fill_outbox()) {
    write();
  } else if (phase_ == Phase::Closing) {
    shut_down_sending();
  } else if (handshake_failed_) {
    begin_closing();
  } else if (phase_ == Phase::Talking) {
    fulfil(session_.wish());
  }
  read();
  wait_to_wake();
}

// wait_to_wake makes an answer that waits for its time come at that time, and not at the next tick.
void Connection::wait_to_wake() {
  const auto due = session_.wake_at();
  if (due == wake_at_) return;
  wake_at_ = due;
  if (!due) {
    wake_.cancel();
    return;
  }
  wake_.expires_at(surroundings_.clock->real(*due));
  wake_.async_wait([self = shared_from_this()](const asio::error_code& cancelled) {
    if (cancelled) return;
    self->wake_at_.reset();
    self->on_time(Clock::now());
  });
}

void Connection::fulfil(Wish wish) {
  switch (wish) {
    case Wish::StartTls:
      // The OK is out, so what comes from now on is TLS.
      return begin_handshake();
    case Wish::Close:
      return begin_closing();
    case Wish::None:
      if (client_done_) begin_closing();
      return;
  }
}

// fill_outbox takes the next piece to be sent; false when there is none.
bool Connection::fill_outbox() {
  outbox_sent_ = 0;
  outbox_.clear();
  if (phase_ == Phase::Talking) {
    note_waiting();
    const std::string_view octets = session_.output(kWriteOctets);
    if (!octets.empty()) {
      if (!tls_) {
        outbox_ = octets;
      } else if (!tls_->encrypt(octets)) {
        client_done_ = true;
      }
      if (surroundings_.transcript != nullptr) surroundings_.transcript->server_said(number_, octets);
      session_.sent(octets.size());
    }
  }
  if (tls_) outbox_ += tls_->take_pending();
  return !outbox_.empty();
}

void Connection::note_waiting() {
  const std::size_t waiting = session_.output(std::string_view::npos).size();
  // Only this thread writes it.
  if (waiting > surroundings_.most_waiting->load()) surroundings_.most_waiting->store(waiting);
}

void Connection::write() {
  writing_ = true;
  write_progress_ = Clock::now();
  socket_.async_write_some(asio::buffer(outbox_.data() + outbox_sent_, outbox_.size() - outbox_sent_),
                           [self = shared_from_this()](const asio::error_code& error, std::size_t octets) {
                             self->on_written(error, octets);
                           });
}

void Connection::on_written(const asio::error_code& error, std::size_t octets) {
  writing_ = false;
  if (phase_ == Phase::Closed) return;
  if (error) return close();
  outbox_sent_ += octets;
  if (outbox_sent_ < outbox_.size()) return write();
  // Output that waited may have kept octets that were decrypted already from the session.
  hand_over_decrypted();
  pump();
}

bool Connection::may_read() const {
  switch (phase_) {
    case Phase::Talking:
      return session_.wants_input() && session_.wish() == Wish::None;
    case Phase::Handshaking:
    case Phase::Closing:
      return true;
    case Phase::Closed:
      return false;
  }
  return false;
}

void Connection::read() {
  if (reading_ || client_done_ || !may_read()) return;
  reading_ = true;
  socket_.async_read_some(
      asio::buffer(inbox_),
      [self = shared_from_this()](const asio::error_code& error, std::size_t octets) { self->on_read(error, octets); });
}

void Connection::on_read(const asio::error_code& error, std::size_t octets) {
  reading_ = false;
  if (phase_ == Phase::Closed) return;
  if (error == asio::error::eof) {
    // Half closed: what the client asked for before is still answered.
    client_done_ = true;
    if (phase_ != Phase::Talking) return close();
  } else if (error) {
    return close();
  } else if (phase_ != Phase::Closing) {
    const std::string_view received(inbox_.data(), octets);
    tls_ ? take_ciphertext(received) : take_cleartext(received);
  }
  pump();
}

void Connection::take_cleartext(std::string_view octets) { hand_over(octets); }

void Connection::take_ciphertext(std::string_view octets) {
  tls_->feed(octets);
  if (phase_ == Phase::Handshaking) advance_handshake();
  hand_over_decrypted();
}

void Connection::hand_over(std::string_view octets) {
  if (surroundings_.transcript != nullptr) surroundings_.transcript->client_said(number_, octets);
  session_.on_time(surroundings_.clock->now());
  session_.on_octets(octets);
  surroundings_.handled_input();
}

void Connection::hand_over_decrypted() {
  while (tls_ && phase_ == Phase::Talking && may_read()) {
    const std::string octets = tls_->decrypt(inbox_.size());
    if (octets.empty()) break;
    hand_over(octets);
  }
  if (tls_ && phase_ == Phase::Talking && tls_->ended()) client_done_ = true;
}

void Connection::begin_handshake() {
  phase_ = Phase::Handshaking;
  phase_since_ = Clock::now();
  tls_.emplace(*surroundings_.tls);
}

void Connection::advance_handshake() {
  switch (tls_->handshake()) {
    case TlsConnection::Progress::NeedsMore:
      return;
    case TlsConnection::Progress::Failed:
      // pump() still sends the alert. Never back to cleartext: the client wanted TLS.
      handshake_failed_ = true;
      return;
    case TlsConnection::Progress::Done:
      phase_ = Phase::Talking;
      if (surroundings_.transcript != nullptr) surroundings_.transcript->tls(number_);
      if (implicit_tls_) {
        peer_.tls = tls_->facts();
        session_.on_connected(true, peer_);
      } else {
        session_.on_tls(tls_->facts());
      }
      return;
  }
}

// begin_closing ends TLS and then our direction, and waits for the client to end its own: closing
// a socket with unread octets resets it, and a reset may overtake the BYE.
void Connection::begin_closing() {
  if (tls_ && phase_ == Phase::Talking) tls_->close_notify();
  phase_ = Phase::Closing;
  phase_since_ = Clock::now();
  if (fill_outbox()) {
    write();
  } else {
    shut_down_sending();
  }
}

void Connection::shut_down_sending() {
  if (client_done_) return close();
  asio::error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace imapspec::server
