"""mbsync (isync): synchronization both ways between the server and Maildirs."""

import mailbox
import os
import re
import unittest

from messages import AWKWARD, MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required

HALF = 500
NOTHING = {"appended": 0, "fetched": 0, "stored": 0}
INFO = {"S": b"\\Seen", "F": b"\\Flagged", "R": b"\\Answered", "D": b"\\Draft", "T": b"\\Deleted"}


class Mbsync(ClientTest):
    def setUp(self):
        super().setUp()
        self.local = os.path.join(self.home, "mail")
        os.makedirs(self.local)

    def configure(self, tls):
        port = {"IMAPS": self.server.imaps, "STARTTLS": self.server.imap}[tls]
        return self.write("mbsyncrc-" + tls, f"""
IMAPAccount server
Host localhost
Port {port}
User {USER}
Pass {PASSWORD}
SSLType {tls}
SystemCertificates no
CertificateFile {self.server.ca}

IMAPStore far
Account server

MaildirStore near
Path {self.local}/
Inbox {self.local}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Remove Both
Expunge Both
SyncState *
""")

    def sync(self, tls="IMAPS"):
        """Runs mbsync and yields what it changed on the server, and how many messages it fetched from there."""
        before = os.path.getsize(self.transcript)
        done = self.run_client(required("mbsync"), "--config", self.configure(tls), "--verbose", "all")
        self.assertEqual(done.stderr, b"", done.stdout.decode())
        with open(self.transcript, encoding="ascii") as transcript:
            transcript.seek(before)
            said = transcript.read()
        return {"appended": len(re.findall(r"(?m)^\d+ C \S+ APPEND ", said)),
                "fetched": len(re.findall(r"(?m)^\d+ C \S+ UID FETCH .*BODY", said)),
                "stored": len(re.findall(r"(?m)^\d+ C \S+ UID STORE ", said))}

    def folder(self, name):
        return mailbox.Maildir(os.path.join(self.local, name), create=False)

    def near(self, name):
        """The messages of a local folder, comparable with contents(): by octets, with CRLF."""
        found = []
        folder = self.folder(name)
        for key in folder.keys():
            flags = {INFO[letter] for letter in folder.get_message(key).get_flags()}
            found.append((flags, as_sent(folder.get_bytes(key).replace(b"\n", b"\r\n"))))
        return found

    def far(self, name):
        return [(flags, as_sent(octets)) for flags, octets in self.contents(name)]

    def assert_same(self, name):
        by_octets = lambda message: (message[1], sorted(message[0]))
        far, near = (sorted(side, key=by_octets) for side in (self.far(name), self.near(name)))
        self.assertEqual(len(far), len(near))
        for on_server, at_home in zip(far, near):
            self.assertEqual(on_server, at_home)
        return near

    def test_two_halves_of_a_thousand_messages_become_the_same(self):
        self.fill("INBOX", [plain(number) for number in range(HALF)])
        inbox = mailbox.Maildir(os.path.join(self.local, "INBOX"))
        for number in range(HALF, 2 * HALF):
            inbox.add(plain(number).replace(b"\r\n", b"\n"))
        self.assertEqual(self.sync(), {"appended": HALF, "fetched": HALF, "stored": 0})
        both = self.assert_same("INBOX")
        self.assertEqual(sorted(octets for _, octets in both), sorted(plain(number) for number in range(2 * HALF)))
        self.assertEqual(self.sync("STARTTLS"), NOTHING)
        self.change_both_sides()
        self.sync()
        both = self.assert_same("INBOX")
        self.assertEqual(len(both), 2 * HALF - 20 + 2)
        self.assertEqual(sum(b"\\Flagged" in flags for flags, _ in both), 20)
        self.assertEqual(sum(b"\\Seen" in flags for flags, _ in both), 20)
        self.assertEqual(self.sync(), NOTHING)

    def change_both_sides(self):
        """On each side: 10 messages flagged, 10 read, 10 deleted, one that is new."""
        connection = self.log_in()
        connection.select()
        connection.store("1:10", "+FLAGS", r"\Flagged")
        connection.store("101:110", "+FLAGS.SILENT", r"\Seen")
        connection.store("201:210", "+FLAGS", r"\Deleted")
        connection.append("INBOX", None, None, MULTIPART)
        connection.logout()
        deleted = {octets for flags, octets in self.far("INBOX") if b"\\Deleted" in flags}
        self.assertEqual(len(deleted), 10)
        inbox = self.folder("INBOX")
        # Those that came to the server from here, and their number is in their subject.
        for key in inbox.keys():
            message = inbox.get_message(key)
            number = int(message["Subject"].split()[1])
            letter = {70: "F", 71: "S", 72: "T"}.get(number // 10)
            if letter:
                message.set_subdir("cur")
                message.add_flag(letter)
                inbox[key] = message
        inbox.add(AWKWARD.replace(b"\r\n", b"\n"))

    def test_makes_and_removes_mailboxes_on_both_sides(self):
        self.fill('"Work/Gr&APwA3w-e"', [plain(1), MULTIPART])
        mailbox.Maildir(os.path.join(self.local, "Private")).add(plain(2).replace(b"\r\n", b"\n"))
        self.sync()
        self.assertEqual(len(self.assert_same("Private")), 1)
        self.assertEqual(len(self.assert_same("Work/Gr&APwA3w-e")), 2)
        self.assertEqual(self.sync("STARTTLS"), NOTHING)


def as_sent(octets):
    """A message without the header field by which mbsync finds again what it stored."""
    return re.sub(rb"(?m)^X-TUID: .*\r\n", b"", octets, count=1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
