"""aerc, driven through a terminal: an interactive client on a library in Go (go-imap), which idles all the time."""

import unittest

from messages import MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required
from terminal import Terminal


class Aerc(ClientTest):
    def aerc(self, source):
        self.write(".config/aerc/accounts.conf", f"""[alice]
source = {source}
default = INBOX
from = Alice <alice@example.org>
""")
        # Go's way to name the authorities that are trusted.
        environment = {**self.environment(), "SSL_CERT_FILE": self.server.ca, "SSL_CERT_DIR": self.home}
        terminal = Terminal(self.home, environment, [required("aerc")])
        self.addCleanup(terminal.close)
        return terminal

    def use(self, source):
        self.fill("INBOX", [plain(1), plain(2), MULTIPART, plain(4)])
        self.fill("Archive", [plain(5)])
        terminal = self.aerc(source)
        terminal.wait_for("Archive", "Message 1", "Message 2", "Grüße and more", "Message 4", "Connected")
        # The last message is on top, and chosen: read it.
        terminal.keys("Enter")
        terminal.wait_for("Body 4")
        terminal.keys("q")
        terminal.wait_for("Message 2")
        self.tell(terminal, "flag")
        self.tell(terminal, "cp Archive")
        # What comes now is there at once.
        self.fill("INBOX", [plain(6)])
        terminal.wait_for("Message 6")
        # Below it are 4, the multipart, 2 and 1.
        terminal.keys("g", "j", "j")
        self.tell(terminal, "delete")
        terminal.wait_until_gone("Grüße and more")
        terminal.keys("G")
        self.tell(terminal, "mv Archive")
        terminal.wait_until_gone("Message 1")
        terminal.keys(":")
        terminal.wait_for("\n:")
        terminal.type("quit")
        terminal.wait_for_end()
        self.assertEqual(self.contents("INBOX"), [(set(), plain(2)), ({b"\\Seen", b"\\Flagged"}, plain(4)),
                                                  (set(), plain(6))])
        self.assertEqual([octets for _, octets in self.contents("Archive")], [plain(5), plain(4), plain(1)])

    def tell(self, terminal, command):
        terminal.keys(":")
        terminal.wait_for("\n:")
        terminal.type(command)
        terminal.wait_until_gone("\n:")

    def test_reads_flags_copies_moves_and_deletes_over_implicit_tls(self):
        self.use(f"imaps://{USER}:{PASSWORD}@localhost:{self.server.imaps}")

    def test_reads_flags_copies_moves_and_deletes_over_starttls(self):
        self.use(f"imap://{USER}:{PASSWORD}@localhost:{self.server.imap}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
