"""`courtepointe site`: prepare the database and the static files, and serve."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import click
import django
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from courtepointe.core.errors import Refused

SETTINGS = "courtepointe.config.settings"
APPLICATION = "courtepointe.config.wsgi:application"
PAUSE_S, PATIENCE_S = 1.0, 2.0
"""Between two looks at what waits; for a process to end by itself."""


@click.group(help="Prepare and serve the site.")
def group() -> None:
    """Point Django at the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)


@group.command()
def prepare() -> None:
    """Bring the database up to date and gather the static files; safe to run again."""
    try:
        django.setup()
    except OSError as error:
        raise Refused("data_folder_closed", detail=str(error)) from None
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    click.echo("The database is up to date and the static files are gathered.", err=True)


@group.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535))
@click.option("--open", "open_", is_flag=True, help="Open the site in the browser.")
@click.option("--work/--no-work", default=True, show_default=True,
              help="Also answer what takes long; without, `courtepointe site work` does, here or elsewhere.")  # fmt: skip
def serve(host: str, port: int, open_: bool, work: bool) -> None:
    """Serve the site until Ctrl-C."""
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/"  # noqa: S104
    _check_data()
    _check_port(host, port)
    click.echo(f"Courtepointe: {address} (Ctrl-C stops it)", err=True)
    if open_:
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    with _worker() if work else nullcontext():
        _serve(host, port)


@group.command()
@click.option("--once", is_flag=True, help="Stop when nothing waits any more.")
@click.option("--beside", type=int, hidden=True, help="End with this parent process.")
def work(once: bool, beside: int | None) -> None:
    """Answer what takes long, one after the other, until Ctrl-C: studies of hubs."""
    _check_data()
    if beside is not None:
        threading.Thread(target=_end_with, args=(beside,), daemon=True).start()
    call_command("db_worker", batch=once, interval=PAUSE_S, reload=False, verbosity=0)


@contextmanager
def _worker() -> Iterator[None]:
    """Keep a process beside the server that answers what takes long; it ends with it."""
    words = [sys.executable, "-m", "courtepointe", "site", "work", "--beside", str(os.getpid())]
    process = subprocess.Popen(words)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            # A second signal ends a study in the middle: whoever asked it is told, and may ask again.
            process.terminate()
            process.wait()


def _end_with(parent: int) -> None:
    """End this process once the server beside which it answers is no more, however that ended."""
    while os.getppid() == parent:
        time.sleep(PATIENCE_S)
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def _serve(host: str, port: int) -> None:
    Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
        websockets=False,
    ).serve()


def _check_data() -> None:
    """Refuse a data folder that cannot be written, before the server's own process stumbles on it."""
    try:
        django.setup()
    except OSError as error:
        raise Refused("data_folder_closed", detail=str(error)) from None


def _check_port(host: str, port: int) -> None:
    """Refuse a port that is taken, before the server's own process stumbles on it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            told = error.strerror or str(error)
            raise Refused("port_taken", host=host, port=port, detail=told) from None


def _open_when_ready(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                break
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.2)
    webbrowser.open(address)
