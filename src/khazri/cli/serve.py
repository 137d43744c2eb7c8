"""`khazri demo` and `khazri serve`: the service, its exercises, and one link per seat."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from khazri.cli.refusal import refusals

if TYPE_CHECKING:
    from khazri.programme.document import PlanDocument
    from khazri.store.access import Access, Seat
    from khazri.web.door import Service

DEMONSTRATION: Final = "north-wind"
ORDER: Final = ("director", "player", "observer", "evaluator", "programme_officer")  # in which links are printed
STEPS_TAKEN: Final = {  # of the demonstration's activities, from proposed
    "table-top-2025": 6, "observer-visit-2025": 5, "boom-course-2026": 4, "north-wind-2026": 3, "seminar-2026": 1,
}  # fmt: skip
FIRST_PORT: Final = 8000
PORTS: Final = 50  # tried one after the other where nobody named one

Data = Annotated[Path, typer.Option("--data", help="Folder of the database, snapshots and frames.")]
Database = Annotated[
    str | None, typer.Option(help="A database by its URL (postgresql://...). Default: one SQLite file in --data.")
]
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for other machines too.")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Default: 8000, or the next that is free.")]
Address = Annotated[
    str | None, typer.Option(help="How browsers reach the service (https://...), where that is not host and port.")
]


def demo(
    data: Data = Path("out") / "demo",
    host: Host = "127.0.0.1",
    port: Port = None,
    fresh: Annotated[bool, typer.Option(help="A new exercise, even where one is under way in --data.")] = False,
) -> None:
    """Play "North Wind": the service, a spill in the northern Caspian, and a link for every role. EXERCISE."""
    with refusals():
        from khazri.inputs.examples import example

        listening = _listen(host, port)
        service = build_service(data, None)
        run = None if fresh else _under_way(service)
        if run is None:
            run = service.house.create(example(DEMONSTRATION)).run
            make_seats(service, run)
            set_up_plan(service, run)
        _serve(service, listening, host=host, address=None, renew=run)


def serve(
    data: Data = Path("khazri-data"),
    database: Database = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    address: Address = None,
) -> None:
    """Run the service with the exercises of its database. EXERCISE."""
    with refusals():
        _serve(build_service(data, database), _listen(host, port), host=host, address=address, renew=None)


def new(
    pack: Annotated[Path, typer.Argument(help="A pack's folder, or its scenario.yaml.")],
    data: Data = Path("khazri-data"),
    database: Database = None,
    address: Address = None,
) -> None:
    """Enter a new exercise of a pack, make its seats, and print a link for each. EXERCISE."""
    with refusals():
        service = build_service(data, database)
        run = service.house.create(pack).run
        made = make_seats(service, run)
        typer.echo(f"EXERCISE {run}: {len(made)} seats. Each link opens one; keep them as you keep keys.")
        for seat, token in made:
            typer.echo(line_of_seat(seat, f"{address or ''}/enter/{token}"))
        typer.echo("A service that runs takes the exercise up when it is started again.")


def links(
    run: Annotated[str, typer.Argument(help="The exercise (its run, as `khazri exercise new` printed it).")],
    data: Data = Path("khazri-data"),
    database: Database = None,
    address: Address = None,
) -> None:
    """Print new links for the seats of an exercise; the old ones open nothing any more. EXERCISE."""
    with refusals():
        service = build_service(data, database)
        seats = service.access.seats(run)
        if not seats:
            known = ", ".join(record.run for record in service.house.log.runs()) or "none"
            typer.echo(f"run is {run!r}, which has no seats; expected one of: {known}", err=True)
            raise typer.Exit(2)
        for seat in seats:
            typer.echo(line_of_seat(seat, f"{address or ''}/enter/{service.access.renew_link(seat.seat)}"))


exercise_app = typer.Typer(help="Exercises of a service: new ones, and links for their seats.", no_args_is_help=True)
exercise_app.command("new")(new)
exercise_app.command("links")(links)


def build_service(data: Path, database: str | None) -> Service:
    """The real parts: database, log, seats, house."""
    from khazri.conduct.house import House
    from khazri.conduct.plans import Plans
    from khazri.store.access import Access
    from khazri.store.checkpoints import Checkpoints, signing_key
    from khazri.store.database import open_database, sqlite_url
    from khazri.store.log import ExerciseLog
    from khazri.store.programme import PlanLog
    from khazri.web.door import Service

    data.mkdir(parents=True, exist_ok=True)
    engine = open_database(database or sqlite_url(data / "khazri.sqlite"))
    log = ExerciseLog(engine)
    house = House(log, data, checkpoints=Checkpoints(engine, signing_key(data)))
    return Service(house, Access(engine), Plans(PlanLog(engine), log, house.clock))


def make_seats(service: Service, run: str) -> list[tuple[Seat, str]]:
    """A seat for every role of an exercise: director, evaluator, each cell, the observers of each party."""
    from khazri.inputs.packs import read_pack
    from khazri.store.access import NO_PERSON

    record = next(each for each in service.house.log.runs() if each.run == run)
    pack = read_pack(service.house.folder / record.pack)
    wall = service.house.clock.wall()
    access: Access = service.access
    wanted = [("director", "director", "", "")]
    wanted += [(f"observer-{group.party}", "observer", group.party, "") for group in pack.observers]
    wanted.append(("evaluator", "evaluator", "", ""))
    taken = NO_PERSON | {person for person, *_ in wanted}
    wanted += [
        (f"cell-{cell.ident}" if cell.ident in taken else cell.ident, "player", cell.party, cell.ident)
        for cell in pack.cells
    ]
    return [
        access.make_seat(run=run, person=person, role=role, party=party, cell=cell, wall=wall)
        for person, role, party, cell in wanted
    ]


def make_officers(service: Service, document: PlanDocument) -> list[tuple[Seat, str]]:
    """A seat for a programme officer of every party that signs a plan."""
    wall = service.house.clock.wall()
    return [
        service.access.make_seat(
            run=None, person=f"officer-{party.ident}", role="programme_officer", party=party.ident, wall=wall
        )
        for party in document.parties
    ]


def set_up_plan(service: Service, run: str) -> None:
    """The demonstration's plan as it stands in the week of the exercise, every step with the word of both parties."""
    import asyncio

    from khazri.exercise.refusal import Refusal
    from khazri.inputs.examples import example_plan
    from khazri.inputs.plans import read_plan
    from khazri.programme import Officer
    from khazri.programme.commands import ConfirmActivity, ConfirmPlan, LinkExercise, PlanCommand

    plans, document = service.plans, read_plan(example_plan("joint-plan"))
    assert plans is not None, "a service that is built here has plans"
    if not any(seat.run is None for seat in service.access.seats()):
        make_officers(service, document)
    officers = [Officer(f"officer-{party.ident}", "programme_officer", party.ident) for party in document.parties]
    fresh = not plans.stands(document.ident)
    ident = plans.open(document)
    commands: list[tuple[Officer, PlanCommand]] = []
    if fresh:
        commands += [(officer, ConfirmPlan()) for _ in range(3) for officer in officers]
        for activity, steps in STEPS_TAKEN.items():
            commands += [(officer, ConfirmActivity(activity=activity)) for _ in range(steps) for officer in officers]
    commands.append((officers[0], LinkExercise(activity="north-wind-2026", run=run)))

    async def submit() -> None:
        for officer, command in commands:
            outcome = await plans.submit(ident, officer, command)
            assert not isinstance(outcome, Refusal), f"{command}: {outcome}"

    asyncio.run(submit())


def _under_way(service: Service) -> str | None:
    """The newest run of the demonstration that has not ended."""
    from khazri.exercise.facts import Ended

    for record in reversed(service.house.log.runs()):
        head = service.house.log.head(record.run)
        if record.exercise == DEMONSTRATION and not (head is not None and isinstance(head.fact, Ended)):
            return record.run
    return None


def _listen(host: str, port: int | None) -> socket.socket:
    """A bound socket: whoever else holds the port is met before anything is made."""
    last: OSError | None = None
    for candidate in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
        except OSError as error:
            listening.close()
            last = error
            continue
        return listening
    wanted = str(port) if port is not None else f"{FIRST_PORT} to {FIRST_PORT + PORTS - 1}"
    typer.echo(f"port {wanted} of {host}: {last and last.strerror}; expected one that is free (--port)", err=True)
    raise typer.Exit(2)


def _serve(service: Service, listening: socket.socket, *, host: str, address: str | None, renew: str | None) -> None:
    import uvicorn

    from khazri.web.app import create_app

    port = listening.getsockname()[1]
    here = address or f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    typer.echo(f"Khazri  EXERCISE  {here}  (stop with Ctrl+C; nothing is lost)")
    if renew is not None:
        typer.echo("One link per role; open each in a tab of its own:")
        seats = (each for each in service.access.seats() if each.run in (renew, None))
        for seat in sorted(seats, key=lambda each: (ORDER.index(each.role), each.party)):
            typer.echo(line_of_seat(seat, f"{here}/enter/{service.access.renew_link(seat.seat)}"))
    config = uvicorn.Config(
        create_app(service),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_max_size=65_536,
        ws_per_message_deflate=False,
        proxy_headers=address is not None,
        timeout_graceful_shutdown=3,
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn stops in order, and tells it once more
        uvicorn.Server(config).run(sockets=[listening])
    typer.echo("stopped; every exercise goes on from where it stands when the service is started again")


def line_of_seat(seat: Seat, link: str) -> str:
    """A seat and its link, for people."""
    who = seat.role.replace("_", " ") + (f" {seat.cell or seat.party}" if seat.cell or seat.party else "")
    return f"  {who:<22} {link}"
