"""imapfilter: mail filtering by searches that the server makes, in Lua."""

import unittest

from messages import MULTIPART, plain
from served import PASSWORD, USER, ClientTest, required


class Imapfilter(ClientTest):
    def test_sorts_messages_into_mailboxes(self):
        self.fill("INBOX", [*(plain(number) for number in range(1, 6)), MULTIPART])
        config = self.write("config.lua", f"""
options.timeout = 20
options.create = true
options.subscribe = true
options.certificates = true
account = IMAP {{ server = 'localhost', port = {self.server.imaps}, username = '{USER}',
                  password = '{PASSWORD}', ssl = 'auto' }}
inbox = account.INBOX
inbox:contain_subject('Message 1'):copy_messages(account['Copied'])
found = inbox:contain_from('juergen') + inbox:contain_body('Body 2')
found:move_messages(account['Moved'])
inbox:contain_field('Message-ID', '3@example.org'):mark_flagged()
inbox:contain_field('Message-ID', '4@example.org'):delete_messages()
inbox:is_smaller(10000):mark_seen()
""")
        # A file of authorities that are trusted, instead of those of the system.
        self.run_client(required("imapfilter"), "-c", config, "-t", self.server.ca)
        self.assertEqual(self.contents("INBOX"), [({b"\\Seen"}, plain(1)), ({b"\\Seen", b"\\Flagged"}, plain(3)),
                                                  ({b"\\Seen"}, plain(5))])
        self.assertEqual([octets for _, octets in self.contents("Copied")], [plain(1)])
        self.assertEqual(sorted(octets for _, octets in self.contents("Moved")), sorted([plain(2), MULTIPART]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
