"""fetchmail: fetches all of a mailbox into an mbox by way of a delivery agent."""

import os
import unittest

from messages import AWKWARD, MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required

NO_MAIL = 1  # fetchmail's exit code
MESSAGES = [plain(1), MULTIPART, AWKWARD, plain(2, "A long line: " + "x" * 900 + "\r\n")]


class Fetchmail(ClientTest):
    def setUp(self):
        super().setUp()
        self.fill("INBOX", MESSAGES)
        # The agent takes each message as it comes, and separates it from the next.
        self.agent = self.write("deliver", "#!/bin/sh\ncat >>mbox && echo ==END== >>mbox\n", 0o700)

    def fetch(self, *options, starttls=False, auth="any", exit_codes=(0,)):
        port, tls = (self.server.imap, "sslproto TLS1.2+") if starttls else (self.server.imaps, "ssl")
        config = self.write("fetchmailrc", f"""
poll localhost protocol imap port {port} auth {auth}
    user "{USER}" password "{PASSWORD}" {tls} sslcertck sslcertfile "{self.server.ca}"
    mda "{self.agent}"
""")
        self.run_client(required("fetchmail"), "--fetchmailrc", config, "--idfile", os.path.join(self.home, "ids"),
                        "--pidfile", os.path.join(self.home, "pid"), "--invisible", "--nosyslog", *options,
                        exit_codes=exit_codes)

    def delivered(self):
        with open(os.path.join(self.home, "mbox"), "rb") as file:
            return file.read().split(b"==END==\n")[:-1]

    def expected(self):
        """fetchmail gives lines to the agent as this system ends them."""
        return [message.replace(b"\r\n", b"\n") for message in MESSAGES]

    def test_keeps_what_it_fetched_and_does_not_fetch_it_again(self):
        self.fetch("--keep")
        self.assertEqual(self.delivered(), self.expected())
        self.fetch("--keep", exit_codes=(NO_MAIL,))
        self.assertEqual(len(self.delivered()), len(MESSAGES))
        left = self.contents("INBOX")
        self.assertEqual([octets for _, octets in left], MESSAGES)
        for flags, _ in left:
            self.assertEqual(flags, {b"\\Seen"})

    def test_deletes_what_it_fetched(self):
        self.fetch("--nokeep", starttls=True)
        self.assertEqual(self.delivered(), self.expected())
        self.assertEqual(self.contents("INBOX"), [])
        self.fetch("--nokeep", exit_codes=(NO_MAIL,))

    def test_fetches_a_folder_that_is_not_the_inbox_and_everything_when_asked(self):
        self.fill("Lists/imap", [plain(7), plain(8)])
        for _ in range(2):
            self.fetch("--keep", "--all", "--folder", "Lists/imap")
        seven, eight = (plain(number).replace(b"\r\n", b"\n") for number in (7, 8))
        self.assertEqual(self.delivered(), [seven, eight, seven, eight])

    def test_authenticates_with_each_mechanism_it_knows(self):
        for auth in ("password", "cram-md5"):
            with self.subTest(auth):
                self.fetch("--keep", "--all", auth=auth)
                self.assertEqual(self.delivered(), self.expected())
                os.remove(os.path.join(self.home, "mbox"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
