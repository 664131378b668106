"""alpine, driven through a terminal: an interactive client on another library (c-client)."""

import unittest

from messages import MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required
from terminal import Terminal


class Alpine(ClientTest):
    def alpine(self, door):
        config = self.write("pinerc", f"""
inbox-path={{{door}/user={USER}}}INBOX
folder-collections=Server {{{door}/user={USER}}}[]
feature-list=quit-without-confirm,expunge-without-confirm,enable-flag-cmd,save-will-not-delete
last-version-used=7.26
last-time-prune-questioned=126.11
""")
        # OpenSSL's way to name the authorities that are trusted.
        environment = {**self.environment(), "SSL_CERT_FILE": self.server.ca, "SSL_CERT_DIR": self.home}
        terminal = Terminal(self.home, environment, [required("alpine"), "-p", config, "-i"])
        self.addCleanup(terminal.close)
        return terminal

    def use(self, door):
        """Lists folders, opens one, reads, flags, deletes and saves messages, expunges, and leaves."""
        self.fill("INBOX", [plain(1), MULTIPART, plain(3), plain(4)])
        self.fill("Archive/2024", [plain(5)])
        terminal = self.alpine(door)
        terminal.wait_for("Ret Accept")  # of the password; a progress bar may cover the question
        terminal.type(PASSWORD)
        terminal.wait_for("Preserve password on DISK")
        terminal.keys("N")
        terminal.wait_for("Message 1", "Grüße and more", "Message 3", "Message 4", "? Help")
        terminal.keys("L")
        terminal.wait_for("FOLDER LIST", "INBOX[/]", "Archive[/]")
        terminal.keys("Enter")
        terminal.wait_for("MESSAGE INDEX", "Message 4")
        self.go_to(terminal, 2)
        terminal.keys("Enter")
        terminal.wait_for("MESSAGE TEXT", "Grüße aus München", "The message inside.", "octets.bin")
        terminal.keys("<")
        terminal.wait_for("MESSAGE INDEX")
        self.go_to(terminal, 3)
        terminal.keys("*")
        terminal.wait_for("Flag New, Deleted")
        terminal.keys("*")
        terminal.wait_until_gone("Flag New, Deleted")
        self.go_to(terminal, 1)
        terminal.keys("D")
        terminal.wait_for("[Message 1 marked for deletion]")
        self.go_to(terminal, 4)
        terminal.keys("S")
        terminal.wait_for("SAVE Msg #4 to folder")
        terminal.type("Saved")
        terminal.wait_for("Create?")
        terminal.keys("Y")
        terminal.wait_until_gone("Create?")
        terminal.wait_for("MESSAGE INDEX", "? Help")
        terminal.keys("X")
        terminal.wait_for("[1 message expunged")
        terminal.keys("Q")
        terminal.wait_for_end()
        self.assertEqual(self.contents("INBOX"),
                         [({b"\\Seen"}, MULTIPART), ({b"\\Flagged"}, plain(3)), (set(), plain(4))])
        self.assertEqual([octets for _, octets in self.contents("Saved")], [plain(4)])
        self.assertEqual(self.contents("Archive/2024"), [(set(), plain(5))])

    def go_to(self, terminal, number):
        terminal.keys("J")
        terminal.wait_for("Message number to jump to")
        terminal.type(str(number))
        terminal.wait_for(f"Message {number} of 4")

    def test_reads_flags_saves_and_deletes_over_implicit_tls(self):
        self.use(f"localhost:{self.server.imaps}/imap/ssl")

    def test_reads_flags_saves_and_deletes_over_starttls(self):
        self.use(f"localhost:{self.server.imap}/imap/tls")

    def test_does_not_trust_a_server_of_another_authority(self):
        self.fill("INBOX", [plain(1)])
        self.server.ca = self.write("empty.pem", "")
        terminal = self.alpine(f"localhost:{self.server.imaps}/imap/ssl")
        terminal.wait_for("There was a failure validating the SSL/TLS certificate")


if __name__ == "__main__":
    unittest.main(verbosity=2)
