"""A server of ours in a process of its own, and the browser it is looked at with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).with_name("courtepointe"))
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]

# Only maps ask for a graphics card, which the processor plays; pages are put together without one.
WITHOUT_A_CARD = [*CHROMIUM_ARGUMENTS, "--disable-gpu-compositing"]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1_200):
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer at {address}")


def copied(prepared: Path, data: Path) -> Path:
    """Make a folder a copy of a prepared one."""
    return Path(shutil.copytree(prepared, data, dirs_exist_ok=True))


def own_data(data: Path, **more: str) -> dict[str, str]:
    """Give the environment of a command that keeps all in a folder: never in the database that somebody works with."""
    held = {name: value for name, value in os.environ.items() if name != "COURTEPOINTE_DATABASE_URL"}  # fmt: skip
    return held | {"COURTEPOINTE_DATA": str(data)} | more


def prepare(data: Path) -> None:
    """Make a database and gather the static files in a folder."""
    environment = own_data(data)
    subprocess.run([COMMAND, "site", "prepare"], cwd=ROOT, env=environment, check=True)


@contextmanager
def serving(pack: Path, data: Path, *, work: bool = False) -> Iterator[str]:
    """Serve the site of a pack from a prepared folder; give its address; stop it by its own process id.

    ``work`` keeps the process beside it that answers what takes long, as people have it.
    """
    environment = own_data(data, COURTEPOINTE_PACK=str(pack))
    port = free_port()
    server = subprocess.Popen(
        [COMMAND, "site", "serve", "--port", str(port), "--work" if work else "--no-work"],
        cwd=ROOT,
        env=environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/fr/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=120)
