"""The bundled server as a process, and a test case that runs a client against it.

The server writes down what is said. At the end of each test the strict parser, the grammar and the
monitor judge all that it said (transcript_judge.cc).
"""

import imaplib
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["IMAPSPEC_PROGRAM"]
JUDGE = os.environ["IMAPSPEC_TRANSCRIPT_JUDGE"]
USER, PASSWORD = "alice", "secret-alice"
MECHANISMS = ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN")
SECONDS = 60  # for one run of a client


def required(program):
    """The path of a program; ./check installs them all, so one that is missing is an error."""
    path = shutil.which(program)
    if path is None:
        raise FileNotFoundError(f"{program} is not installed: see tools/packages.txt")
    return path


def close(connection):
    """Ends an imaplib connection that may have ended itself."""
    try:
        connection.shutdown()
    except OSError:
        pass


class Server:
    """`imapspec serve` on free ports."""

    def __init__(self, transcript, *arguments):
        self.process = subprocess.Popen([PROGRAM, "serve", "--transcript", transcript, *arguments],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        ready = re.fullmatch(r"READY imap=127\.0\.0\.1:(\d+) imaps=127\.0\.0\.1:(\d+) ca=(.+)\n", line)
        if ready is None:
            self.stop()
            raise RuntimeError(f"the server is not ready: {line!r}")
        self.imap, self.imaps, self.ca = int(ready[1]), int(ready[2]), ready[3]

    def stop(self):
        """Ends the server and yields its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.process.stdout.close()
        return code


class ClientTest(unittest.TestCase):
    """A server of its own and an empty home folder for each test."""

    maxDiff = None

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="imapspec-client-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.transcript = os.path.join(self.home, "transcript")
        mechanisms = [word for name in MECHANISMS for word in ("--auth", name)]
        self.server = Server(self.transcript, "--profile", "rev1+rev2", *mechanisms)
        self.addCleanup(self.judge)

    def judge(self):
        code = self.server.stop()
        found = subprocess.run([JUDGE, self.transcript], capture_output=True, text=True, timeout=SECONDS)
        print(f"{self.id()}: {found.stdout}{found.stderr}", flush=True)
        self.assertEqual(found.returncode, 0, "the judge of the transcript has complaints, see above")
        self.assertEqual(code, 0, "the server did not end well")

    def environment(self):
        """What programs get to see: nothing of the user's own configuration."""
        return {"HOME": self.home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm",
                "TMPDIR": self.home, "XDG_RUNTIME_DIR": self.home,
                **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}

    def run_client(self, *command, exit_codes=(0,), **options):
        """Runs a client to its end and yields what it wrote; other exit codes fail the test."""
        done = subprocess.run(command, cwd=self.home, env=self.environment(), stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS, **options)
        self.assertIn(done.returncode, exit_codes,
                      f"{command}\n{done.stdout.decode(errors='replace')}\n{done.stderr.decode(errors='replace')}")
        return done

    def write(self, name, text, mode=0o600):
        """Writes a file into the home folder and yields its path."""
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
        os.chmod(path, mode)
        return path

    def trusting(self):
        """TLS that trusts the server's authority, and nobody else."""
        return ssl.create_default_context(cafile=self.server.ca)

    def log_in(self):
        """A second opinion on what is on the server: imaplib over TLS, logged in."""
        connection = imaplib.IMAP4_SSL("localhost", self.server.imaps, ssl_context=self.trusting(), timeout=SECONDS)
        self.addCleanup(close, connection)
        # imaplib writes a literal and what follows it in two pieces, and the second would wait for 40 ms.
        connection.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.login(USER, PASSWORD)
        return connection

    def fill(self, mailbox, messages):
        """Appends messages, given as octets with CRLF; creates the mailbox if it is not there."""
        connection = self.log_in()
        if mailbox != "INBOX":
            connection.create(mailbox)
        for message in messages:
            status, said = connection.append(mailbox, None, None, message)
            self.assertEqual(status, "OK", said)
        connection.logout()

    def contents(self, mailbox):
        """The messages of a mailbox in order: their flags without \\Recent, and their octets."""
        connection = self.log_in()
        status, said = connection.select(f'"{mailbox}"', readonly=True)
        self.assertEqual(status, "OK", said)
        found = []
        if int(said[0]) > 0:
            status, lines = connection.fetch("1:*", "(FLAGS BODY.PEEK[])")
            self.assertEqual(status, "OK", lines)
            for item in lines:
                if isinstance(item, tuple):
                    flags = set(imaplib.ParseFlags(item[0]))
                    found.append((flags - {b"\\Recent"}, item[1]))
                elif b"FLAGS" in item:
                    found[-1][0].update(set(imaplib.ParseFlags(item)) - {b"\\Recent"})
        connection.logout()
        return found
