"""imapspec record between real clients and servers: what it writes is a scenario that replays."""

import imaplib
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

from served import PASSWORD, PROGRAM, SECONDS, USER, Server, required

TARGETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "targets")


class Dovecot:
    """The target Dovecot, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        done = subprocess.run([os.path.join(TARGETS, "dovecot", "start"), folder], stdout=subprocess.PIPE, text=True,
                              timeout=SECONDS, check=True)
        ready = re.search(r"imap=([0-9.]+):(\d+) imaps=[0-9.]+:(\d+) ca=(.+)", done.stdout)
        self.host, self.imap, self.imaps, self.ca = ready[1], int(ready[2]), int(ready[3]), ready[4]

    def stop(self):
        subprocess.run([os.path.join(TARGETS, "dovecot", "stop"), self.folder], timeout=SECONDS, check=True)


class Scripted:
    """A server for one connection: it lets log in, answers NOOP, and does the rest by itself."""

    def __init__(self, rest):
        self.rest = rest
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.host, self.imap = self.listener.getsockname()
        self.ca = None
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        peer, _ = self.listener.accept()
        with peer, peer.makefile("rb") as lines:
            peer.settimeout(SECONDS)
            peer.sendall(b"* OK [CAPABILITY IMAP4rev2] hello\r\n")
            for _ in range(2):
                peer.sendall(lines.readline().split()[0] + b" OK done\r\n")
            try:
                self.rest(peer, lines)
                while lines.read(65536):
                    pass
            except OSError:
                pass

    def stop(self):
        self.thread.join(SECONDS)
        self.listener.close()


class Record(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="imapspec-record-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.output = os.path.join(self.home, "suite", "recorded.yaml")
        os.makedirs(os.path.dirname(self.output))

    def bundled(self, *arguments):
        server = Server(os.path.join(self.home, "transcript"), "--profile", "rev1+rev2", *arguments)
        server.host = "127.0.0.1"
        self.addCleanup(server.stop)
        return server

    def dovecot(self):
        if not os.path.exists("/usr/sbin/dovecot"):
            self.skipTest("Dovecot is not installed (package dovecot-imapd)")
        state = tempfile.mkdtemp(prefix="imapspec-dovecot-")
        os.chmod(state, 0o755)
        self.addCleanup(shutil.rmtree, state, ignore_errors=True)
        server = Dovecot(state)
        self.addCleanup(server.stop)
        return server

    def fill(self, server):
        """Three messages in INBOX, one of them read."""
        context = ssl.create_default_context(cafile=server.ca)
        with imaplib.IMAP4_SSL(server.host, server.imaps, ssl_context=context) as connection:
            connection.login(USER, PASSWORD)
            for number, flags in enumerate((None, "(\\Seen)", None)):
                text = (f"From: ada@example.org\r\nSubject: number {number}\r\nMessage-ID: <{number}@example.org>\r\n"
                        f"Date: Sat, 20 Jul 1996 10:00:00 +0000\r\n\r\nbody '{{{number}}}' \\x\r\n")
                connection.append("INBOX", flags, None, text.encode())

    def record(self, server, tls="starttls", *arguments, stderr=subprocess.DEVNULL):
        port = server.imaps if tls == "implicit" else server.imap
        process = subprocess.Popen([PROGRAM, "record", "--server", f"{server.host}:{port}", "--tls", tls,
                                    *(("--ca", server.ca) if server.ca else ("--insecure",)),
                                    "--output", self.output, "--fail-on-findings", *arguments],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, text=True)
        self.addCleanup(process.stdout.close)
        line = process.stdout.readline()
        ready = re.fullmatch(r"READY imaps?=127\.0\.0\.1:(\d+) ca=(.+)\n", line)
        self.assertIsNotNone(ready, line)
        return process, int(ready[1]), ready[2]

    def finish(self, process):
        """Ends the recording by Ctrl-C; nothing was found."""
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=SECONDS)
        self.assertEqual(process.returncode, 0, said)
        return said

    def replay(self, server, scenarios):
        written = sorted(os.listdir(os.path.dirname(self.output)))
        self.assertEqual(len(written), scenarios)
        for name in written:
            with open(os.path.join(os.path.dirname(self.output), name), encoding="ascii") as file:
                self.assertNotIn(PASSWORD, file.read())
        done = subprocess.run([PROGRAM, "run", "--quiet", "--scenarios", os.path.dirname(self.output),
                               "--server", f"{server.host}:{server.imap}", "--ca", server.ca, "--user", USER,
                               "--password-env", "RECORD_PASSWORD"], env={**os.environ, "RECORD_PASSWORD": PASSWORD},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"(?m)^[1-9]\d* passed, 0 failed")

    def sync(self, port, ca):
        """mbsync, twice: what it does first, and when there is nothing to do."""
        mail = os.path.join(self.home, "mail", "INBOX")
        for folder in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(mail, folder))
        with open(os.path.join(mail, "new", "1.local"), "w", encoding="ascii") as file:
            file.write("From: grace@example.org\nSubject: local\nMessage-ID: <local@example.org>\n\nnew\n")
        rc = os.path.join(self.home, "mbsyncrc")
        with open(rc, "w", encoding="ascii") as file:
            file.write(f"""
IMAPAccount server
Host localhost
Port {port}
User {USER}
Pass {PASSWORD}
SSLType STARTTLS
SystemCertificates no
CertificateFile {ca}

IMAPStore far
Account server

MaildirStore near
Path {self.home}/mail/
Inbox {mail}

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Both
Expunge Both
SyncState *
""")
        for _ in range(2):
            done = subprocess.run([required("mbsync"), "--config", rc, "all"], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, timeout=SECONDS)
            self.assertEqual(done.returncode, 0, done.stdout)

    def recorded_mbsync(self, server):
        if shutil.which("mbsync") is None:
            self.skipTest("mbsync is not installed (package isync)")
        self.fill(server)
        process, port, ca = self.record(server)
        self.sync(port, ca)
        self.finish(process)
        self.replay(server, 1)

    def test_mbsync_and_dovecot(self):
        self.recorded_mbsync(self.dovecot())

    def test_mbsync_and_the_bundled_server(self):
        self.recorded_mbsync(self.bundled("--auth", "PLAIN"))

    def use(self, connection):
        """A bit of everything, with imaplib."""
        connection.login(USER, PASSWORD)
        self.assertEqual(connection.select("INBOX")[0], "OK")
        uids = connection.uid("SEARCH", "ALL")[1][0].split()
        connection.uid("FETCH", uids[0], "(FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[])")
        connection.uid("FETCH", uids[-1], "(BODY[HEADER.FIELDS (SUBJECT)])")
        connection.store("1", "+FLAGS", "(\\Deleted \\Flagged)")
        self.assertEqual(connection.expunge()[0], "OK")
        self.assertEqual(connection.create("Archive")[0], "OK")
        connection.append("Archive", "(\\Flagged)", None, b"Subject: x\r\n\r\ny\r\n")
        connection.copy("1", "Archive")
        connection.status("Archive", "(MESSAGES UIDNEXT UNSEEN)")
        self.assertEqual(connection.select("Nowhere")[0], "NO")
        self.assertEqual(connection.select("Archive")[0], "OK")
        connection.fetch("1:*", "(UID FLAGS)")
        connection.close()
        self.assertEqual(connection.delete("Archive")[0], "OK")
        connection.logout()

    def test_imaplib_and_the_bundled_server(self):
        server = self.bundled()
        self.fill(server)
        process, port, ca = self.record(server)
        connection = imaplib.IMAP4("localhost", port)
        connection.starttls(ssl.create_default_context(cafile=ca))
        self.use(connection)
        self.finish(process)
        self.replay(server, 1)

    def test_imaplib_and_dovecot_under_implicit_tls(self):
        server = self.dovecot()
        self.fill(server)
        process, port, ca = self.record(server, "implicit")
        self.use(imaplib.IMAP4_SSL("localhost", port, ssl_context=ssl.create_default_context(cafile=ca)))
        self.finish(process)
        self.replay(server, 1)

    def interrupted(self, scenarios, *arguments):
        server = self.bundled("--allow-plaintext-login")
        process, port, _ = self.record(server, "starttls", *arguments)
        connections = [imaplib.IMAP4("127.0.0.1", port) for _ in range(5)]
        for connection in connections:
            connection.login(USER, PASSWORD)
        for connection in connections:
            connection.noop()
        # They are still open: what was seen so far is written.
        self.finish(process)
        for connection in connections:
            connection.shutdown()
        self.replay(server, scenarios)

    def test_connections_at_the_same_time_and_an_interruption(self):
        self.interrupted(1)

    def test_connections_may_be_written_one_by_one(self):
        self.interrupted(5, "--separate")

    def two_at_once(self, server):
        """A client that idles on one connection and works on another, as many do."""
        self.fill(server)
        process, port, ca = self.record(server)

        def connect():
            connection = imaplib.IMAP4("localhost", port)
            connection.starttls(ssl.create_default_context(cafile=ca))
            connection.login(USER, PASSWORD)
            return connection

        watching, working = connect(), connect()
        self.assertEqual(watching.select("INBOX")[0], "OK")
        watching.send(b"w1 IDLE\r\n")
        self.assertTrue(watching.readline().startswith(b"+"))
        self.assertEqual(working.append("INBOX", "(\\Seen)", None, b"Subject: while idle\r\n\r\nx\r\n")[0], "OK")
        self.assertRegex(watching.readline(), rb"\* 4 EXISTS")
        watching.send(b"DONE\r\n")
        while not watching.readline().startswith(b"w1 OK"):
            pass
        self.assertEqual(watching.fetch("4", "(FLAGS BODY.PEEK[])")[0], "OK")
        self.assertEqual(working.select("INBOX")[0], "OK")
        self.assertEqual(working.store("1", "+FLAGS", "(\\Deleted)")[0], "OK")
        self.assertEqual(working.expunge()[0], "OK")
        self.assertEqual(watching.noop()[0], "OK")
        self.assertEqual(watching.fetch("1:*", "(UID)")[0], "OK")
        working.logout()
        working = connect()
        self.assertEqual(working.status("INBOX", "(MESSAGES)")[0], "OK")
        working.logout()
        watching.logout()
        said = self.finish(process)
        self.assertIn("connections 1, 2, 3: ", said)
        with open(self.output, encoding="ascii") as file:
            scenario = file.read()
        # The third connection has the place of the second.
        self.assertIn("connections:\n  client2: {start: not-authenticated}\nneeds", scenario)
        self.assertIn("  - connect: not-authenticated\n    on: client2\n", scenario)
        self.replay(server, 1)

    def test_a_client_on_two_connections_and_dovecot(self):
        self.two_at_once(self.dovecot())

    def test_a_client_on_two_connections_and_the_bundled_server(self):
        self.two_at_once(self.bundled())

    def said_by(self, octets, then=lambda peer: None, server=None):
        """The scenario of a client that logs in, sends these octets, does that, and is gone; and what was told."""
        server = server or self.bundled("--allow-plaintext-login")
        process, port, _ = self.record(server, stderr=subprocess.PIPE)
        self.addCleanup(process.stderr.close)
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as peer:
            with peer.makefile("rb") as lines:
                lines.readline()
                peer.sendall(f"a LOGIN {USER} {PASSWORD}\r\n".encode() + b"b NOOP\r\n")
                while not lines.readline().startswith(b"b OK"):
                    pass
                try:
                    peer.sendall(octets)
                    then(peer)
                    while lines.read(65536):
                        pass
                except OSError:
                    pass
        told = process.stderr.readline()
        self.finish(process)
        with open(self.output, encoding="ascii") as file:
            scenario = file.read()
        self.assertIn("C: 'NOOP'", scenario)
        self.replay(self.bundled("--allow-plaintext-login"), 1)
        return scenario, told

    def test_a_client_that_is_gone_inside_a_literal(self):
        scenario, _ = self.said_by(b"c APPEND INBOX {50+}\r\nabc", lambda peer: peer.shutdown(socket.SHUT_RDWR))
        self.assertIn("# the connection ended inside a literal of APPEND\n", scenario)

    def test_a_client_that_closes_its_half(self):
        scenario, _ = self.said_by(b"c CAPABILITY\r\n", lambda peer: peer.shutdown(socket.SHUT_WR))
        self.assertIn("C: 'CAPABILITY'", scenario)

    def test_a_client_that_sends_garbage_without_end(self):
        scenario, _ = self.said_by(b"\xaa" * (4 << 20), lambda peer: peer.shutdown(socket.SHUT_WR))
        # The server has a limit too, and may end the connection first.
        self.assertRegex(scenario, "# the client sent a command that is longer than our own limit\n"
                                   "|# the connection ended in the middle of a line of the client\n")

    def said_with(self, rest, octets=b""):
        server = Scripted(rest)
        self.addCleanup(server.stop)
        return self.said_by(octets, server=server)

    def test_a_server_that_sends_garbage_without_end(self):
        def rest(peer, _):
            peer.sendall(b"\xaa" * (4 << 20))
            peer.shutdown(socket.SHUT_WR)

        scenario, told = self.said_with(rest)
        self.assertIn("the server closed the connection", told)
        self.assertIn("# the server sent a response that is longer than our own limit\n", scenario)

    def test_a_server_that_closes_its_half_in_a_response(self):
        def rest(peer, _):
            peer.sendall(b"* 1 FETCH (BODY[] {20}\r\nabc")
            peer.shutdown(socket.SHUT_WR)

        scenario, told = self.said_with(rest)
        self.assertIn("the server closed the connection", told)
        self.assertIn("# the connection ended in the middle of a response\n", scenario)

    def test_a_server_that_agrees_to_tls_and_speaks_none(self):
        def rest(peer, lines):
            peer.sendall(lines.readline().split()[0] + b" OK begin\r\n")
            lines.read(1)
            peer.sendall(b"* 1 EXISTS\r\n")

        scenario, told = self.said_with(rest, b"c STARTTLS\r\n")
        self.assertIn("no TLS with the server", told)
        self.assertNotIn("C: 'STARTTLS", scenario)

    def test_a_server_that_compresses(self):
        def rest(peer, lines):
            peer.sendall(lines.readline().split()[0] + b" OK begin\r\n\x01\xff\r\n")
            peer.shutdown(socket.SHUT_WR)

        scenario, _ = self.said_with(rest, b"c COMPRESS DEFLATE\r\n")
        self.assertIn("# the rest of the connection was not recorded: it is compressed\n", scenario)

    def test_a_server_that_is_gone_costs_its_client_the_connection_only(self):
        server = self.bundled()
        process, port, _ = self.record(server)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        with self.assertRaises((imaplib.IMAP4.abort, OSError)):
            imaplib.IMAP4("127.0.0.1", port)
        self.finish(process)


if __name__ == "__main__":
    unittest.main()
