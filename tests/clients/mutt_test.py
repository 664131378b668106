"""mutt, driven through a terminal: an interactive client."""

import unittest

from messages import MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required
from terminal import Terminal


class Mutt(ClientTest):
    def mutt(self, url, *more):
        config = self.write("muttrc", "\n".join((
            f"set folder={url}", f"set spoolfile={url}INBOX", f"set imap_user={USER}", f"set imap_pass={PASSWORD}",
            f"set certificate_file={self.server.ca}", "set ssl_force_tls",
            "set ssl_starttls=yes", "set ssl_verify_host", "set ssl_verify_dates",
            "unset confirmappend", "unset confirmcreate", "set delete=yes", "unset record", "unset postponed",
            "set move=no", "set mark_old=no", "unset help", 'set sort=mailbox-order', "unset wait_key",
            "unset imap_peek", *more)) + "\n")
        terminal = Terminal(self.home, self.environment(), [required("mutt"), "-n", "-F", config])
        self.addCleanup(terminal.close)
        return terminal

    def use(self, url, *more):
        """Lists folders, opens one, reads, flags, copies and deletes messages, purges, and looks at another."""
        self.fill("INBOX", [plain(1), MULTIPART, plain(3), plain(4)])
        self.fill("Archive/2024", [plain(5)])
        terminal = self.mutt(url, *more)
        terminal.wait_for("Message 1", "Grüße and more", "Message 3", "Message 4")
        # The folders: from the browser back with nothing chosen.
        terminal.keys("c", "?")
        terminal.wait_for("Archive", "INBOX")
        terminal.keys("q")
        terminal.wait_for("Message 4")
        # Read the second message.
        terminal.keys("2", "Enter", "Enter")
        terminal.wait_for("Grüße aus München", "The message inside.")
        terminal.keys("i")
        terminal.wait_for("Message 4")
        # Flag the third, delete the first, copy the fourth to a new folder.
        terminal.keys("3", "Enter", "F", "1", "Enter", "d", "4", "Enter", "C")
        terminal.wait_for("Copy to mailbox")
        terminal.keys("C-u")
        terminal.type("=Saved")
        terminal.wait_for("Message 4")
        # A copy that it decodes is one that it appends itself.
        terminal.keys("2", "Enter", "Escape", "C")
        terminal.wait_for("Decode-copy to mailbox")
        terminal.keys("C-u")
        terminal.type("=Decoded")
        terminal.wait_for("Message 4")
        # Purge, and leave.
        terminal.keys("$")
        terminal.wait_for("Message 4")
        terminal.keys("q")
        terminal.wait_for_end()
        self.assertEqual(self.contents("INBOX"),
                         [({b"\\Seen"}, MULTIPART), ({b"\\Flagged"}, plain(3)), (set(), plain(4))])
        self.assertEqual([octets for _, octets in self.contents("Saved")], [plain(4)])
        [(_, decoded)] = self.contents("Decoded")
        self.assertIn("Subject: Grüße and more\r\n".encode(), decoded)
        self.assertIn("Grüße aus München\r\n".encode(), decoded)
        self.assertEqual(self.contents("Archive/2024"), [(set(), plain(5))])

    def test_reads_flags_copies_and_deletes_over_implicit_tls(self):
        self.use(f"imaps://localhost:{self.server.imaps}/", "set imap_authenticators=scram-sha-256")

    def test_reads_flags_copies_and_deletes_over_starttls(self):
        self.use(f"imap://localhost:{self.server.imap}/", "set imap_authenticators=login")

    def test_shows_new_messages_as_they_come(self):
        self.fill("INBOX", [plain(1), plain(2)])
        terminal = self.mutt(f"imaps://localhost:{self.server.imaps}/", "set imap_idle", "set timeout=1",
                             "set mail_check=1")
        terminal.wait_for("Message 1", "Message 2")
        other = self.log_in()
        other.select()
        for number in (3, 4):
            other.append("INBOX", None, None, plain(number))
            terminal.wait_for(f"Message {number}")
        other.store("1", "+FLAGS", r"\Deleted")
        other.expunge()
        other.logout()
        terminal.keys("$")
        terminal.wait_until_gone("Message 1")
        terminal.wait_for("Message 2", "Message 4")
        terminal.keys("q")
        terminal.wait_for_end()


if __name__ == "__main__":
    unittest.main(verbosity=2)
