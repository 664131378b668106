"""curl: IMAP URLs (RFC 5092 as curl reads them), over implicit TLS and STARTTLS."""

import re
import unittest

from messages import AWKWARD, LONG, MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required


class Curl(ClientTest):
    def curl(self, path, *options, starttls=False, exit_codes=(0,)):
        """What curl writes to its output for a URL of the server."""
        scheme, port = ("imap", self.server.imap) if starttls else ("imaps", self.server.imaps)
        command = [required("curl"), "--silent", "--show-error", "--ssl-reqd", "--cacert", self.server.ca,
                   "--user", f"{USER}:{PASSWORD}", "--max-time", "50", *options, f"{scheme}://localhost:{port}/{path}"]
        done = self.run_client(*command, exit_codes=exit_codes)
        return done.stdout

    def setUp(self):
        super().setUp()
        self.fill("INBOX", [plain(1), MULTIPART, AWKWARD, LONG])

    def test_fetches_whole_messages_octet_for_octet(self):
        for starttls in (False, True):
            for uid, message in enumerate((plain(1), MULTIPART, AWKWARD, LONG), 1):
                with self.subTest(uid=uid, starttls=starttls):
                    self.assertEqual(self.curl(f"INBOX;UID={uid}", starttls=starttls), message)
                    self.assertEqual(self.curl(f"INBOX;MAILINDEX={uid}", starttls=starttls), message)

    def test_fetches_sections(self):
        self.assertEqual(self.curl("INBOX;UID=2;SECTION=TEXT"), MULTIPART.split(b"\r\n\r\n", 1)[1])
        self.assertEqual(self.curl("INBOX;UID=2;SECTION=HEADER"), MULTIPART.split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n")
        self.assertIn(b"Content-Type: message/rfc822", self.curl("INBOX;UID=2;SECTION=3.MIME"))
        self.assertEqual(self.curl("INBOX;UID=4;SECTION=TEXT"), LONG.split(b"\r\n\r\n", 1)[1])

    def test_fails_where_there_is_no_message_or_no_mailbox(self):
        self.curl("INBOX;UID=99", exit_codes=(78,))
        self.curl("Nowhere;UID=1", exit_codes=(78, 67, 8))

    def test_checks_uidvalidity(self):
        validity = re.search(rb"UIDVALIDITY (\d+)", self.curl("", "-X", "STATUS INBOX (UIDVALIDITY)"))[1].decode()
        self.assertEqual(self.curl(f"INBOX;UIDVALIDITY={validity};UID=1"), plain(1))
        self.curl(f"INBOX;UIDVALIDITY={int(validity) + 1};UID=1", exit_codes=(78,))

    def test_appends_octet_for_octet(self):
        for name, message in (("plain", plain(2)), ("multipart", MULTIPART), ("awkward", AWKWARD), ("long", LONG)):
            with self.subTest(name):
                self.curl("", "-X", f"CREATE {name}")
                self.curl(name, "--upload-file", self.write(name + ".eml", message), starttls=True)
                self.assertEqual(self.contents(name), [({b"\\Seen"}, message)])
        self.curl("Nowhere", "--upload-file", self.write("no.eml", plain(3)), exit_codes=(25,))

    def test_lists_and_searches(self):
        self.curl("", "-X", "CREATE Archive/2024")
        listed = self.curl("")
        for name in (b"INBOX", b"Archive", b"Archive/2024"):
            self.assertRegex(listed, rb'(?m)^\* LIST \([^)]*\) "/" "?' + name + rb'"?\r$')
        self.assertEqual(self.curl("INBOX?SUBJECT%20Awkward"), b"* SEARCH 3\r\n")
        self.assertEqual(self.curl("INBOX?LARGER%20100000"), b"* SEARCH 4\r\n")
        self.assertEqual(self.curl("INBOX?DELETED", starttls=True), b"* SEARCH\r\n")

    def test_sends_requests_of_the_user(self):
        self.assertRegex(self.curl("INBOX", "-X", r"STORE 1 +FLAGS \Deleted"),
                         rb"^\* 1 FETCH \(FLAGS \((\\Recent )?\\Deleted( \\Recent)?\)\)\r\n$")
        self.assertRegex(self.curl("", "-X", "STATUS INBOX (MESSAGES UNSEEN)"),
                         rb"^\* STATUS INBOX \(MESSAGES 4 UNSEEN 4\)\r\n$")
        self.assertRegex(self.curl("INBOX", "-X", "EXPUNGE"), rb"(?m)^\* 1 EXPUNGE\r$")
        self.assertEqual([octets for _, octets in self.contents("INBOX")], [MULTIPART, AWKWARD, LONG])
        self.curl("INBOX", "-X", "FROBNICATE", exit_codes=(21,))

    def test_authenticates_with_the_mechanism_it_is_told(self):
        for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
            with self.subTest(mechanism):
                self.assertIn(b"INBOX", self.curl("", "--login-options", f"AUTH={mechanism}"))
        self.assertIn(b"INBOX", self.curl("", "--login-options", "AUTH=PLAIN", "--sasl-ir", starttls=True))
        self.curl("", "--user", f"{USER}:wrong", exit_codes=(67,))


if __name__ == "__main__":
    unittest.main(verbosity=2)
