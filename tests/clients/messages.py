"""Messages that clients are given to carry. All lines end in CRLF."""


def plain(number, body="Nothing to see here.\r\n"):
    """A small message that differs from the others."""
    return (f"Date: Mon, 1 Jan 2024 12:{number // 60 % 60:02}:{number % 60:02} +0000\r\n"
            f"From: Carol <carol@example.org>\r\nTo: alice@example.org\r\n"
            f"Subject: Message {number}\r\nMessage-ID: <{number}@example.org>\r\n\r\n"
            f"Body {number}\r\n{body}").encode()


MULTIPART = b"""\
Date: Tue, 2 Jan 2024 08:00:00 +0100\r
From: =?UTF-8?Q?J=C3=BCrgen?= <juergen@example.org>\r
To: alice@example.org, "Bob \\"B.\\" Builder" <bob@example.org>\r
Subject: =?UTF-8?B?R3LDvMOfZQ==?= and more\r
Message-ID: <multipart@example.org>\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="=-limit"\r
\r
This is for clients that know no MIME.\r
--=-limit\r
Content-Type: text/plain; charset=UTF-8\r
Content-Transfer-Encoding: 8bit\r
\r
Gr\xc3\xbc\xc3\x9fe aus M\xc3\xbcnchen\r
\r
--=-limit\r
Content-Type: application/octet-stream; name="octets.bin"\r
Content-Disposition: attachment; filename="octets.bin"\r
Content-Transfer-Encoding: base64\r
\r
AAECAwQFBgcICQoLDA0ODw==\r
--=-limit\r
Content-Type: message/rfc822\r
\r
Date: Mon, 1 Jan 2024 00:00:00 +0000\r
From: dave@example.org\r
Subject: Inside\r
Message-ID: <inside@example.org>\r
\r
The message inside.\r
--=-limit--\r
"""

# Lines that begin with "From " or a dot, spaces at ends, an empty line at the end.
AWKWARD = (b"From: erin@example.org\r\nSubject: Awkward\r\nMessage-ID: <awkward@example.org>\r\n\r\n"
           b"From here on\r\n.\r\n..\r\nspace at the end \r\n\r\n")

LONG = b"From: frank@example.org\r\nSubject: Long\r\nMessage-ID: <long@example.org>\r\n\r\n" + b"".join(
    b"%06d 0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ\r\n" % line for line in range(10_000))
