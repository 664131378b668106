"""A terminal that a program draws on, and keys for it: tmux with a socket of its own."""

import os
import subprocess
import time

from served import required

SECONDS = 60  # until something is on the screen


class Terminal:
    """Runs a command in a terminal of 100 columns and 30 lines, until it ends or close() is called."""

    def __init__(self, folder, environment, command):
        # The path of a socket has room for about 100 octets.
        self._tmux = [required("tmux"), "-u", "-f", "/dev/null", "-S", os.path.join(folder, "tmux")]
        subprocess.run([*self._tmux, "new-session", "-d", "-x", "100", "-y", "30", *command],
                       cwd=folder, env=environment, check=True, timeout=SECONDS)

    def screen(self):
        """What is on the screen now, or None when the program has ended."""
        done = subprocess.run([*self._tmux, "capture-pane", "-p"], capture_output=True, timeout=SECONDS)
        return done.stdout.decode() if done.returncode == 0 else None

    def wait_for(self, *texts):
        """Waits until all these texts are on the screen, and yields it."""
        end = time.monotonic() + SECONDS
        while True:
            screen = self.screen()
            if screen is not None and all(text in screen for text in texts):
                return screen
            if screen is None or time.monotonic() > end:
                raise AssertionError(f"{texts} never came; the screen is:\n{screen}")
            time.sleep(0.02)

    def wait_until_gone(self, text):
        """Waits until this text is not on the screen any more."""
        end = time.monotonic() + SECONDS
        while text in (self.screen() or text):
            if time.monotonic() > end:
                raise AssertionError(f"{text} stays; the screen is:\n{self.screen()}")
            time.sleep(0.02)

    def keys(self, *keys):
        """Presses keys: each argument is the name of a key as tmux has it ("Enter"), or a letter."""
        for key in keys:
            subprocess.run([*self._tmux, "send-keys", key], check=True, timeout=SECONDS)

    def type(self, text):
        """Types text, and Enter."""
        subprocess.run([*self._tmux, "send-keys", "-l", text], check=True, timeout=SECONDS)
        self.keys("Enter")

    def wait_for_end(self):
        """Waits until the program has ended."""
        end = time.monotonic() + SECONDS
        while self.screen() is not None:
            if time.monotonic() > end:
                raise AssertionError(f"the program does not end; the screen is:\n{self.screen()}")
            time.sleep(0.02)

    def close(self):
        """Ends this terminal's tmux, and what runs in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, timeout=SECONDS)
