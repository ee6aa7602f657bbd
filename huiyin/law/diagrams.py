"""The life of a demand as a picture (流程图), generated from the table."""

from __future__ import annotations

from huiyin.law.lifecycle import TRANSITIONS
from huiyin.law.stages import STAGE_LABELS, STEP_LABELS, TERMINAL_STAGES, Stage, Step


def mermaid(*, language: str = "zh") -> str:
    """Return the state diagram in Mermaid notation (流程图); steps that stay in a stage are left out.

    Withdrawal is possible from every open stage and would hide the rest, so it is drawn once as a note.
    """
    side = 0 if language == "zh" else 1
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{STAGE_LABELS[stage][side]}" as {stage.value}' for stage in Stage]
    for row in TRANSITIONS:
        if row.to is None or row.step is Step.WITHDRAW:
            continue
        if not row.sources:
            lines.append(f"    [*] --> {row.to.value} : {STEP_LABELS[row.step][side]}")
        for source in Stage:
            if source in row.sources:
                lines.append(f"    {source.value} --> {row.to.value} : {STEP_LABELS[row.step][side]}")
    lines += [f"    {stage.value} --> [*]" for stage in Stage if stage in TERMINAL_STAGES]
    note = ("任何未终结的状态都可以由信访人撤回", "the petitioner may withdraw from every open stage")[side]
    lines += [f"    note right of {Stage.WITHDRAWN.value} : {note}"]
    return "\n".join(lines) + "\n"
