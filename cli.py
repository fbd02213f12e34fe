"""``kehoach …``: arguments, messages and exit codes, nothing else.

Every command imports what it needs when it runs: ``kehoach --help`` must answer at once.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from kehoach import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress, TaskID

    from kehoach.batch.discovery import Inputs
    from kehoach.batch.outcomes import Outcome

ALL_DONE, SOME_FAILED, USAGE = 0, 1, 2
INTERRUPTED = 130
BROKEN_PIPE = 141

_ANY = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_rules = click.option("--rules", type=_FOLDER, help="A folder of your own rule files, laid over the built-in ones.")
_nlp = click.option("--nlp", type=click.Choice(["none", "pyvi", "underthesea"]), help="Which language library decides what rules leave open.")


class _Unusable(click.ClickException):
    exit_code = USAGE

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"error: {self.format_message()}", err=True, file=file)


class _Group(click.Group):
    """Turns the package's own errors into one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Exception as error:
            from kehoach.schemas.errors import KehoachError

            if not isinstance(error, KehoachError):
                raise
            raise _Unusable(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kehoach", message="%(prog)s %(version)s")
def cli() -> None:
    """Vietnamese administrative plans (kế hoạch, quyết định, chỉ thị …) to structured data.

    Headings, targets, tasks, agencies and timeframes, each with the characters of the document that say it.
    """


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_ANY)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to; it is made if it is not there.")
@_rules
@click.option("--workers", type=click.IntRange(min=1), help="Worker processes.  [default: by the size of the batch, at most 4]")
@_nlp
@click.option(
    "--timeout", type=click.FloatRange(min=0), default=900, show_default=True, help="Seconds after which a file is given up; 0 waits for ever."
)
@click.option("--quiet", "-q", is_flag=True, help="Only say what failed.")
@click.pass_context
def extract(  # noqa: PLR0917
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    rules: Path | None,
    workers: int | None,
    nlp: str | None,
    timeout: float,
    quiet: bool,
) -> None:
    """Extract documents: files, folders with all their subfolders, ZIP archives and mails with what is in them.

    Writes OUT/<name>.json and OUT/<name>.txt (the text that positions point into) for every document, and OUT/errors.jsonl when
    something failed. Exit code 0: all done, 1: some documents failed, 2: wrong usage.
    """
    from kehoach.batch.folder import prepare, write_errors
    from kehoach.batch.outcomes import Done, Failure, Skipped
    from kehoach.batch.pool import default_workers, run_jobs
    from kehoach.batch.worker import Settings
    from kehoach.review.terminal import plain

    settings = Settings(out=out, rules=rules, nlp=nlp, timeout=timeout)
    inputs = prepare(paths, settings)
    outcomes: list[Outcome] = [*inputs.failures, *inputs.skipped]
    for early in inputs.failures:
        click.echo(f"error: {plain(str(early))}", err=True)
    with _progress(inputs, quiet) as (advance, say):
        for outcome in run_jobs(inputs.jobs, settings, workers or default_workers(inputs.jobs)):
            outcomes.append(outcome)
            if isinstance(outcome, Failure):
                say(f"error: {plain(str(outcome))}")
            advance()
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    skipped = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    write_errors(out, failures)
    if not quiet:
        for skip in skipped:
            click.echo(f"skipped: {plain(str(skip))}", err=True)
        _closing_table([outcome for outcome in outcomes if isinstance(outcome, Done)], len(failures), len(skipped))
    ctx.exit(SOME_FAILED if failures else ALL_DONE)


@cli.command()
@click.argument("file", type=_FILE)
@_rules
@_nlp
def show(file: Path, rules: Path | None, nlp: str | None) -> None:
    """Show one document to a human: FILE is a document, or the JSON that 'extract' made of one."""
    from kehoach.api import extract_file
    from kehoach.review.show import show_document
    from kehoach.review.stored import load_document
    from kehoach.review.terminal import console_for

    document = load_document(file) if file.suffix == ".json" else extract_file(file, rules=rules, nlp=nlp)
    show_document(document, console_for(sys.stdout))


@cli.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.pass_context
def check(ctx: click.Context, folder: Path) -> None:
    """Check extracted documents: every JSON in DIR against the schema and against the text beside it."""
    from kehoach.review.check import check_folder

    documents, faults = check_folder(folder)
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(f"{documents} documents, {len(faults)} faults")
    ctx.exit(SOME_FAILED if faults else ALL_DONE)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of an extracted document."""
    import importlib.resources

    click.echo(importlib.resources.files("kehoach.schemas").joinpath("plan-document.schema.json").read_text("utf-8"), nl=False)


@cli.command()
@click.argument("old", type=_ANY)
@click.argument("new", type=_ANY)
@click.pass_context
def diff(ctx: click.Context, old: Path, new: Path) -> None:
    """Say what changed between two extractions: JSON files, or folders of them.

    Records are matched by id; positions are not compared. Exit code 0: the same, 1: different, 2: wrong usage.
    """
    from kehoach.review.diff import diff_paths
    from kehoach.review.terminal import plain

    changes = diff_paths(old, new)
    document = None
    for change in changes:
        if change.document != document:
            document = change.document
            click.echo(plain(document))
        click.echo(f"  {plain(str(change))}")
    if changes:
        documents = len({change.document for change in changes})
        click.echo(f"{len(changes)} differences in {documents} documents")
    else:
        click.echo("no differences")
    ctx.exit(1 if changes else 0)


@cli.command("eval")
@click.argument("gold", type=_FOLDER)
@click.argument("out", type=_FOLDER)
@click.option("--compare", is_flag=True, help="GOLD and OUT are two extractions: list every record lost and gained; no annotation is needed.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page with the figures and every fault.")
@click.option("--errors", metavar="DOCUMENT", help="List what one document got wrong.")
@click.pass_context
def evaluate(ctx: click.Context, gold: Path, out: Path, compare: bool, as_json: bool, page: Path | None, errors: str | None) -> None:  # noqa: PLR0917
    """Measure the extracted documents in OUT against the annotated ones in GOLD.

    With --compare the exit code says whether a record was lost: 0 none, 1 some.
    """
    from kehoach.review.evaluation import command

    if compare and (page or errors):
        raise _Unusable("--compare has no --html and no --errors; 'kehoach diff' shows every field")
    if compare:
        ctx.exit(SOME_FAILED if command.compare(gold, out, as_json=as_json) else ALL_DONE)
    command.evaluate(gold, out, as_json=as_json, page=page, errors=errors)


@cli.command()
@click.argument("folder", metavar="[DIR]", required=False, type=_FOLDER)
@click.pass_context
def rules(ctx: click.Context, folder: Path | None) -> None:
    """List the built-in rule files; with DIR, check a folder of your own rules and run their examples."""
    from kehoach.review.rulecheck import check_rules, rule_files

    if folder is None:
        for name, about in rule_files().items():
            click.echo(f"{name}.yaml: {about}" if about else f"{name}.yaml")
        return
    faults = check_rules(folder)
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{len(faults)} faults" if faults else "the rules load and their examples hold")
    ctx.exit(SOME_FAILED if faults else ALL_DONE)


@contextlib.contextmanager
def _progress(inputs: Inputs, quiet: bool) -> Iterator[tuple[Callable[[], None], Callable[[str], None]]]:
    """A progress bar on a terminal, nothing elsewhere.

    Gives the function that moves it on by one document, and the one that prints a line on standard error above it.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda: None, lambda line: click.echo(line, err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=len(inputs.jobs))
        with _pages_told(bar, task):
            yield lambda: bar.advance(task), lambda line: console.print(line, soft_wrap=True)


@contextlib.contextmanager
def _pages_told(bar: Progress, task: TaskID) -> Iterator[None]:
    """Shows which page of a scan is being recognised: that takes seconds for each."""
    from kehoach.review.terminal import plain

    log = logging.getLogger("kehoach.ocr")
    handler = logging.Handler(logging.INFO)
    handler.emit = lambda record: bar.update(task, description=plain(record.getMessage())[:60])  # type: ignore[method-assign]
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


def _closing_table(done: Sequence[Any], failed: int, skipped: int) -> None:
    figures = {
        "documents": len(done),
        "tasks": sum(item.tasks for item in done),
        "targets": sum(item.targets for item in done),
        "warnings": sum(item.warnings for item in done),
        "failed": failed,
        "skipped": skipped,
    }
    widths = [max(len(name), len(f"{value:,}")) for name, value in figures.items()]
    click.echo("  ".join(name.rjust(width) for name, width in zip(figures, widths, strict=True)))
    click.echo("  ".join(f"{value:,}".rjust(width) for value, width in zip(figures.values(), widths, strict=True)))


def _print_vietnamese() -> None:
    """Where the locale's encoding cannot print Vietnamese, write UTF-8; never fail for a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def main() -> NoReturn:
    """The entry point: runs a command and ends the process with its exit code, quietly on Ctrl-C and on a closed pipe."""
    _print_vietnamese()
    try:
        code = cli.main(prog_name="kehoach", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        # Python flushes at exit once more; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BROKEN_PIPE
    sys.exit(code if isinstance(code, int) else ALL_DONE)


if __name__ == "__main__":
    main()
