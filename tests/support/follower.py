"""What a browser does with an exercise: it takes a view, and then facts as they come. For the law of late joining."""

from __future__ import annotations

from typing import Any

from khazri.exercise.view import Shown, View

TASKS = {"skimmer_tasked": ("skim", "area"), "boom_ordered": ("boom", "line"), "stood_by": ("stand_by", None)}
# what follows from facts alone; the rest of a view comes with the clock and the frames
OF_THE_LOG = ("phase", "pace", "jump_to", "messages", "notes", "units", "injects", "ratings", "findings")


def page_of(view: View) -> dict[str, Any]:
    """The view as a browser keeps it."""
    return view.model_dump(mode="json")


def follow(page: dict[str, Any], fact: Shown) -> None:  # noqa: C901 - one flat case per fact
    """Apply a fact to the page, in place."""
    payload: Any = fact.payload
    match fact.kind:
        case "started" | "resumed":
            page["phase"] = "running"
        case "paused":
            page.update(phase="paused", jump_to=None)
        case "ended":
            page.update(phase="ended", jump_to=None)
        case "pace_set":
            page["pace"] = payload["pace"]
        case "jumped":
            page["jump_to"] = payload["to_step"]
        case "skimmer_tasked" | "boom_ordered" | "stood_by":
            kind, geometry = TASKS[fact.kind]
            for unit in page["units"]:
                if unit["ident"] == payload["unit"]:
                    version = unit["task"]["version"] + 1 if unit["task"] else 1
                    points = payload[geometry] if geometry else []
                    unit["task"] = {
                        "kind": kind,
                        "geometry": points,
                        "step": fact.step,
                        "version": version,
                        "target": "",
                    }
        case "message_sent":
            kept = ("sender", "to", "precedence", "subject", "text", "reply_to", "form")
            message = {name: payload[name] for name in kept}
            message.update(seq=fact.seq, step=fact.step, read_by=[], acknowledged_by=[])
            page["messages"].append(message)
        case "message_read" | "message_acknowledged":
            for message in page["messages"]:
                if message["seq"] == payload["message"]:
                    names = ("read_by",) if fact.kind == "message_read" else ("read_by", "acknowledged_by")
                    for name in names:
                        message[name] = sorted({*message[name], payload["cell"]})
        case "note_written":
            page["notes"].append({"seq": fact.seq, "step": fact.step, "actor": fact.actor, **payload})
        case "inject_fired" | "inject_held":
            for inject in page["injects"]:
                if inject["ident"] == payload["inject"]:
                    fired = fact.kind == "inject_fired"
                    inject.update(state="fired" if fired else "held", fired=fact.seq if fired else None)
        case "objective_marked":
            others = [rating for rating in page["ratings"] if rating["objective"] != payload["objective"]]
            page["ratings"] = [*others, {**payload, "actor": fact.actor, "seq": fact.seq}]
        case "finding_recorded":
            page["findings"].append({"seq": fact.seq, "step": fact.step, "actor": fact.actor, **payload})


def of_the_log(page: dict[str, Any]) -> dict[str, Any]:
    """What two pages must agree on."""
    return {name: page[name] for name in OF_THE_LOG}
