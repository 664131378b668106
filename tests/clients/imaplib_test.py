"""Python's imaplib: an IMAP4rev1 client that knows ENABLE, over implicit TLS and STARTTLS."""

import imaplib
import unittest

from messages import AWKWARD, MULTIPART, plain
from served import PASSWORD, SECONDS, USER, ClientTest, close


class Imaplib(ClientTest):
    def connect_tls(self):
        connection = imaplib.IMAP4_SSL("127.0.0.1", self.server.imaps, ssl_context=self.trusting(), timeout=SECONDS)
        self.addCleanup(close, connection)
        return connection

    def connect_starttls(self):
        connection = imaplib.IMAP4("localhost", self.server.imap, timeout=SECONDS)
        self.addCleanup(close, connection)
        self.assertIn("LOGINDISABLED", connection.capabilities)
        self.assertEqual(connection.starttls(self.trusting())[0], "OK")
        self.assertNotIn("LOGINDISABLED", connection.capabilities)
        self.assertNotIn("STARTTLS", connection.capabilities)
        return connection

    def good(self, answer):
        status, data = answer
        self.assertEqual(status, "OK", data)
        return data

    def log_in_and_out(self, connection, log_in):
        self.good(log_in(connection))
        self.assertEqual(connection.state, "AUTH")
        self.assertEqual(self.good(connection.select()), [b"0"])
        self.assertEqual(connection.logout()[0], "BYE")

    def test_logs_in_over_implicit_tls_and_over_starttls(self):
        for connect in (self.connect_tls, self.connect_starttls):
            with self.subTest(connect.__name__):
                self.log_in_and_out(connect(), lambda connection: connection.login(USER, PASSWORD))

    def test_authenticates_with_each_mechanism_it_knows(self):
        def plain_mechanism(_challenge):
            return f"\0{USER}\0{PASSWORD}".encode()

        self.log_in_and_out(self.connect_tls(), lambda connection: connection.authenticate("PLAIN", plain_mechanism))
        self.log_in_and_out(self.connect_starttls(), lambda connection: connection.login_cram_md5(USER, PASSWORD))

    def test_is_told_of_a_wrong_password_and_may_try_again(self):
        connection = self.connect_tls()
        with self.assertRaisesRegex(imaplib.IMAP4.error, "AUTHENTICATIONFAILED"):
            connection.login(USER, "secret-bob")
        self.log_in_and_out(connection, lambda again: again.login(USER, PASSWORD))

    def test_creates_lists_renames_and_deletes_mailboxes(self):
        connection = self.log_in()
        for name in ("Archive", "Archive/2024", '"Caf&AOk-"'):
            self.good(connection.create(name))
        listed = b"\n".join(self.good(connection.list()))
        for name in (b"INBOX", b"Archive", b"Archive/2024", b"Caf&AOk-"):
            self.assertRegex(listed, rb'(?m)^\([^)]*\) "/" "?' + name + rb'"?$')
        self.assertRegex(listed, rb"(?m)^\([^)]*\\HasChildren[^)]*\) \"/\" \"?Archive\"?$")
        self.good(connection.subscribe("Archive"))
        self.assertRegex(self.good(connection.lsub())[0], rb'^\([^)]*\) "/" "?Archive"?$')
        self.good(connection.unsubscribe("Archive"))
        self.assertEqual(self.good(connection.lsub()), [None])
        self.good(connection.rename("Archive/2024", "Archive/Old"))
        self.good(connection.delete("Archive/Old"))
        self.assertEqual(connection.delete("Archive/Old")[0], "NO")
        self.assertEqual(self.good(connection.list('""', "Archive/*")), [None])
        self.assertEqual(connection.create("INBOX")[0], "NO")
        self.assertRegex(self.good(connection.namespace())[0], rb'^\(\("" "/"\)\) NIL NIL$')
        connection.logout()

    def test_appends_fetches_and_stores(self):
        connection = self.log_in()
        date = '"17-Jul-2023 02:44:25 -0700"'
        said = self.good(connection.append("INBOX", r"(\Flagged $Important)", date, MULTIPART))
        self.assertRegex(said[0], rb"^\[APPENDUID \d+ 1\]")
        self.good(connection.append("INBOX", None, None, AWKWARD))
        self.assertEqual(connection.append("Nowhere", None, None, AWKWARD)[0], "NO")
        self.assertEqual(self.good(connection.select()), [b"2"])
        self.assertEqual(self.good(connection.recent()), [b"2"])
        [(head, octets), tail] = self.good(connection.fetch("1", "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"))
        self.assertEqual(octets, MULTIPART)
        self.assertIn(b"RFC822.SIZE %d" % len(MULTIPART), head + tail)
        self.assertIn(b'INTERNALDATE "17-Jul-2023 02:44:25 -0700"', head + tail)
        self.assertEqual(set(imaplib.ParseFlags(head + tail)), {b"\\Flagged", b"\\Recent", b"$Important"})
        [(_, octets), _] = self.good(connection.fetch("2", "(RFC822)"))
        self.assertEqual(octets, AWKWARD)
        [(_, octets), _] = self.good(connection.fetch("1", "(BODY.PEEK[3.HEADER.FIELDS (Subject)])"))
        self.assertEqual(octets, b"Subject: Inside\r\n\r\n")
        self.assertEqual(self.good(connection.fetch("1", "(BODY.PEEK[3.TEXT]<4.7>)")),
                         [b'1 (BODY[3.TEXT]<4> "message")'])
        [structure] = self.good(connection.fetch("1", "(ENVELOPE BODYSTRUCTURE)"))
        self.assertIn(b'"juergen" "example.org"', structure)
        self.assertIn(b'"MIXED"', structure.upper())
        # The RFC822 item set \Seen on the second message.
        self.assertEqual(self.good(connection.search(None, "UNSEEN")), [b"1"])
        [answer] = self.good(connection.store("1", "+FLAGS", r"(\Seen \Answered)"))
        self.assertEqual(set(imaplib.ParseFlags(answer)),
                         {b"\\Flagged", b"\\Recent", b"$Important", b"\\Seen", b"\\Answered"})
        self.assertEqual(self.good(connection.store("1", "FLAGS.SILENT", r"(\Draft)")), [None])
        self.assertEqual(self.good(connection.uid("SEARCH", None, "DRAFT")), [b"1"])
        connection.logout()

    def test_searches_by_every_kind_of_key(self):
        self.fill("INBOX", [plain(number) for number in range(1, 11)] + [MULTIPART])
        connection = self.log_in()
        self.good(connection.select("INBOX", readonly=True))
        for criteria, found in (("ALL", b"1 2 3 4 5 6 7 8 9 10 11"), ('SUBJECT "Message 1"', b"1 10"),
                                ('(FROM "carol" NOT SUBJECT "Message 2")', b"1 3 4 5 6 7 8 9 10"),
                                ('HEADER Message-ID "7@example.org"', b"7"), ('BODY "Body 3"', b"3"),
                                ("SENTON 2-Jan-2024", b"11"), ("LARGER 400 UID 1:*", b"11"),
                                ('OR TEXT "Body 5" TEXT "Body 6"', b"5 6"), ("KEYWORD $Junk", b"")):
            with self.subTest(criteria):
                self.assertEqual(self.good(connection.search(None, criteria)), [found])
        connection.literal = "Grüße aus".encode()
        self.assertEqual(self.good(connection.uid("SEARCH", "CHARSET", "UTF-8", "BODY")), [b"11"])
        status, said = connection.search("KOI8-Z", "ALL")
        self.assertEqual(status, "NO")
        self.assertIn(b"BADCHARSET", said[0])
        connection.logout()

    def test_copies_moves_and_expunges(self):
        self.fill("INBOX", [plain(number) for number in range(1, 6)])
        connection = self.log_in()
        self.good(connection.create("Trash"))
        self.good(connection.select())
        self.assertRegex(self.good(connection.copy("1:2", "Trash"))[0], rb"^\[COPYUID \d+ 1:2 1:2\]")
        self.assertRegex(connection.copy("1:2", "Nowhere")[1][0], rb"^\[TRYCREATE\]")
        self.good(connection.uid("MOVE", "5", "Trash"))
        self.assertEqual(connection.response("EXPUNGE")[1], [b"5"])
        self.good(connection.store("1:2,4", "+FLAGS.SILENT", r"\Deleted"))
        self.good(connection.uid("EXPUNGE", "4"))
        self.assertEqual(connection.response("EXPUNGE")[1], [b"4"])
        self.assertEqual(self.good(connection.expunge()), [b"1", b"1"])
        self.assertEqual(self.good(connection.status("Trash", "(MESSAGES UIDNEXT UNSEEN RECENT)")),
                         [b"Trash (MESSAGES 3 UIDNEXT 4 UNSEEN 3 RECENT 3)"])
        self.good(connection.check())
        self.good(connection.store("1", "+FLAGS", r"\Deleted"))
        self.good(connection.close())
        self.assertEqual(self.good(connection.select()), [b"0"])
        self.good(connection.unselect())
        self.assertEqual([octets for _, octets in self.contents("Trash")], [plain(1), plain(2), plain(5)])
        connection.logout()

    def test_is_told_what_another_session_does(self):
        self.fill("INBOX", [plain(1), plain(2)])
        watching, acting = self.log_in(), self.log_in()
        self.good(watching.select())
        self.good(acting.select())
        self.good(acting.store("1", "+FLAGS", r"\Deleted"))
        self.good(acting.expunge())
        self.good(acting.append("INBOX", None, None, plain(3)))
        self.good(watching.noop())
        self.assertEqual(watching.response("EXPUNGE")[1], [b"1"])
        self.assertEqual(watching.response("EXISTS")[1][-1], b"2")
        watching.logout()
        acting.logout()

    def test_enables_imap4rev2_where_it_is_offered(self):
        self.fill("INBOX", [MULTIPART])
        connection = self.log_in()
        self.assertIn("IMAP4REV2", connection.capabilities)
        self.good(connection.enable("IMAP4rev2"))
        self.assertEqual(connection.response("ENABLED")[1], [b"IMAP4rev2"])
        self.good(connection.create('"Entwürfe"'.encode()))
        self.assertEqual(self.good(connection.list('""', "E*")), ['(\\HasNoChildren) "/" "Entwürfe"'.encode()])
        self.assertEqual(self.good(connection.select()), [b"1"])
        self.assertIsNone(connection.response("RECENT")[1][0])
        self.good(connection.search(None, "ALL"))
        self.assertRegex(connection.response("ESEARCH")[1][0], rb'^\(TAG "[^"]+"\) ALL 1$')
        [(_, octets), _] = self.good(connection.fetch("1", "(BINARY.PEEK[2])"))
        self.assertEqual(octets, bytes(range(16)))
        connection.logout()


if __name__ == "__main__":
    unittest.main(verbosity=2)
