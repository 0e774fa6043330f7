"""Commands that stay: the demo, the product, one more worker, the emulator."""

import argparse

from setia.cli.environment import print_problems, start_django, start_installed


def demo(options: argparse.Namespace) -> int:
    """The whole product with an invented shop and a WhatsApp that is played here."""
    from setia.demo import start

    return start.demo(host=options.host, port=options.port, reset=options.reset)


def run(options: argparse.Namespace) -> int:
    """The product for real: web and worker, settings from the environment."""
    start_django("production")
    from django.conf import settings

    from setia import prepare, service, worker
    from setia.shops.checks import unsafe_settings

    problems = unsafe_settings(settings)
    if problems:
        print_problems(problems)
        return 2
    service.apart(prepare.all_of_it)
    print(f"Setia runs at {settings.BASE_URL} (listening on {options.host}:{options.port}). Ctrl-C stops it.")
    service.run(
        [
            service.Part("web", lambda: service.web(options.host, options.port)),
            service.Part("worker", lambda: worker.run(renewed=True)),
        ]
    )
    return 0


def run_worker(options: argparse.Namespace) -> int:
    """One more worker, here or on another machine with the same settings."""
    start_installed()
    from setia import worker

    worker.run()
    return 0


def run_emulator(options: argparse.Namespace) -> int:
    """The WhatsApp emulator alone; its own options follow."""
    from setia.emulator.__main__ import main as emulator_main

    return int(emulator_main(options.rest) or 0)
