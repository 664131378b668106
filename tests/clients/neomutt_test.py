"""neomutt, driven through a terminal: resynchronizes what it remembers by QRESYNC (RFC 7162)."""

import os
import unittest

from messages import plain
from served import PASSWORD, USER, ClientTest, required
from terminal import Terminal


class Neomutt(ClientTest):
    def open(self):
        url = f"imaps://localhost:{self.server.imaps}/"
        config = self.write("neomuttrc", "\n".join((
            f"set folder={url}", f"set spoolfile={url}INBOX", f"set imap_user={USER}", f"set imap_pass={PASSWORD}",
            f"set certificate_file={self.server.ca}", "set ssl_force_tls", "set ssl_verify_host",
            f"set header_cache={self.home}/cache", "set imap_condstore", "set imap_qresync", "set sort=mailbox-order",
            "set mark_old=no", "unset help", "unset imap_peek", "set delete=yes", "unset wait_key")) + "\n")
        os.makedirs(os.path.join(self.home, "cache"), exist_ok=True)
        terminal = Terminal(self.home, self.environment(), [required("neomutt"), "-n", "-F", config])
        self.addCleanup(terminal.close)
        return terminal

    def leave(self, terminal):
        terminal.keys("q")
        terminal.wait_for_end()

    def test_learns_what_happened_while_it_was_away(self):
        self.fill("INBOX", [plain(number) for number in range(1, 7)])
        terminal = self.open()
        terminal.wait_for(*(f"Message {number}" for number in range(1, 7)))
        self.leave(terminal)
        other = self.log_in()
        other.select()
        other.store("2", "+FLAGS", r"\Flagged")
        other.store("3", "+FLAGS", r"\Deleted")
        other.expunge()
        other.append("INBOX", None, None, plain(7))
        other.logout()
        terminal = self.open()
        screen = terminal.wait_for("Message 1", "Message 6", "Message 7")
        self.assertNotIn("Message 3", screen)
        self.assertRegex(screen, r"(?m)!.*Message 2$")
        self.assertNotRegex(screen, r"(?m)!.*Message 4$")
        self.leave(terminal)
        with open(self.transcript, encoding="ascii") as transcript:
            said = transcript.read()
        self.assertRegex(said, r"(?m)^\d+ C \S+ UID FETCH 1:6 \(FLAGS\) \(CHANGEDSINCE \d+ VANISHED\)")
        self.assertRegex(said, r"(?m)^\d+ S \* VANISHED \(EARLIER\) 3\\x0D\\x0A$")


if __name__ == "__main__":
    unittest.main(verbosity=2)
