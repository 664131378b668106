"""OfflineIMAP: synchronization with a Maildir, through imaplib2 with pipelining, IDLE's library."""

import mailbox
import os
import unittest

from messages import AWKWARD, MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required

LETTERS = {"S": b"\\Seen", "F": b"\\Flagged", "R": b"\\Answered", "D": b"\\Draft", "T": b"\\Deleted"}


class Offlineimap(ClientTest):
    def sync(self, starttls=False):
        port, tls = (self.server.imap, "ssl = no\nstarttls = yes") if starttls else (self.server.imaps, "ssl = yes")
        config = self.write("offlineimaprc", f"""
[general]
accounts = all
metadata = {self.home}/metadata
[Account all]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = {self.home}/mail
[Repository far]
type = IMAP
remotehost = localhost
remoteport = {port}
remoteuser = {USER}
remotepass = {PASSWORD}
sslcacertfile = {self.server.ca}
{tls}
""")
        self.run_client(required("offlineimap"), "-c", config, "-o", "-u", "basic")

    def folder(self, name):
        return mailbox.Maildir(os.path.join(self.home, "mail", name), create=False)

    def near(self, name):
        """The messages of a local folder, by octets with CRLF."""
        folder = self.folder(name)
        return sorted((folder.get_bytes(key).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
                       sorted(LETTERS[letter] for letter in folder.get_message(key).get_flags()))
                      for key in folder.keys())

    def far(self, name):
        return sorted((octets, sorted(flags)) for flags, octets in self.contents(name))

    def test_both_sides_become_and_stay_the_same(self):
        messages = [plain(number) for number in range(1, 31)]
        self.fill("INBOX", [*messages, MULTIPART, AWKWARD])
        self.fill("Archive/2024", [plain(40)])
        self.sync()
        self.assertEqual([octets for octets, _ in self.near("INBOX")], sorted([*messages, MULTIPART, AWKWARD]))
        self.assertEqual(self.near("Archive.2024"), self.far("Archive/2024"))
        connection = self.log_in()
        connection.select()
        connection.store("1:5", "+FLAGS", r"(\Flagged \Answered)")
        connection.store("6:7", "+FLAGS", r"\Deleted")
        connection.expunge()
        connection.append("INBOX", r"(\Seen)", None, plain(50))
        connection.logout()
        inbox = self.folder("INBOX")
        for key in inbox.keys():
            message = inbox.get_message(key)
            if message["Subject"] in ("Message 20", "Message 21"):
                message.set_subdir("cur")
                message.add_flag("S")
                inbox[key] = message
            elif message["Subject"] == "Message 22":
                inbox.remove(key)
        inbox.add(plain(51).replace(b"\r\n", b"\n"))
        for starttls in (True, False):
            self.sync(starttls)
            self.assertEqual(self.near("INBOX"), self.far("INBOX"))
            self.assertEqual(len(self.near("INBOX")), 32 - 2 - 1 + 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
