"""The row of the moderators' desk in the table of features."""

from bot.core.actions.desk import (
    AskToPublish,
    CancelRun,
    DropImport,
    FindPeople,
    ImportFurther,
    ImportPeople,
    LockCircle,
    LockPeople,
    MovePerson,
    PickCircle,
    Publish,
    RunMatch,
    SeatLate,
    ShowCircle,
    ShowDraft,
    ShowRun,
    ShowUnplaced,
    SwapPeople,
    Undo,
)
from bot.core.boundary.outcome import Compute
from bot.core.feature import (
    Command,
    Feature,
    FileReader,
    Group,
    Job,
    Kind,
    Needs,
    Option,
    draws,
    hears,
    on_action,
    on_form,
)
from bot.core.features.desk import drawing
from bot.core.features.desk.handlers import (
    departing,
    editing,
    files,
    publishing,
    searching,
    seating,
)
from bot.core.features.desk.notices import DraftReady, SearchFailed, SearchGoesOn
from bot.core.features.desk.search import JOB, run
from bot.core.matching.files import sent

_ADMIN, _MODERATOR = Group.MODERATOR, Needs.MODERATOR
_PERSON = Option("person", Kind.PERSON)
_CIRCLE = Option("circle", suggest=editing.suggest_circle)

DESK = Feature(
    "desk",
    commands=(
        Command(
            _ADMIN,
            "match",
            searching.match_command,
            (Option("effort", Kind.CHOICE, choices=("quick", "normal", "thorough")),),
            _MODERATOR,
            slow=True,
        ),
        Command(
            _ADMIN,
            "swap",
            editing.swap_command,
            (_PERSON, Option("other", Kind.PERSON)),
            _MODERATOR,
        ),
        Command(_ADMIN, "move", editing.move_command, (_PERSON, _CIRCLE), _MODERATOR),
        Command(_ADMIN, "lock", editing.lock_command, (_PERSON, _CIRCLE), _MODERATOR),
        Command(_ADMIN, "undo", editing.undo_command, needs=_MODERATOR),
        Command(_ADMIN, "publish", publishing.publish_command, needs=_MODERATOR),
        Command(
            _ADMIN,
            "place",
            seating.place_command,
            (Option("person", Kind.PERSON, required=True),),
            _MODERATOR,
            slow=True,
        ),
        Command(
            _ADMIN,
            "import",
            files.import_command,
            (Option("file", Kind.FILE, required=True),),
            _MODERATOR,
            slow=True,
        ),
        Command(_ADMIN, "export", files.export_command, needs=_MODERATOR, slow=True),
    ),
    actions=(
        on_action(RunMatch, searching.run_match, _MODERATOR),
        on_action(ShowRun, searching.show_run, _MODERATOR),
        on_action(CancelRun, searching.cancel_run, _MODERATOR),
        on_action(ShowDraft, editing.show_draft, _MODERATOR),
        on_action(ShowCircle, editing.show_circle, _MODERATOR),
        on_action(PickCircle, editing.pick_circle, _MODERATOR),
        on_action(ShowUnplaced, editing.show_unplaced, _MODERATOR),
        on_action(SwapPeople, editing.ask_to_swap, _MODERATOR),
        on_action(MovePerson, editing.ask_to_move, _MODERATOR),
        on_action(LockPeople, editing.ask_to_lock, _MODERATOR),
        on_action(LockCircle, editing.press_lock, _MODERATOR),
        on_action(Undo, editing.undo, _MODERATOR),
        on_action(AskToPublish, publishing.ask_to_publish, _MODERATOR),
        on_action(Publish, publishing.publish, _MODERATOR),
        on_action(SeatLate, seating.seat, _MODERATOR),
        on_action(FindPeople, seating.find_people, _MODERATOR),
        on_action(ImportPeople, files.import_people, _MODERATOR),
        on_action(ImportFurther, files.import_further, _MODERATOR),
        on_action(DropImport, files.drop_import, _MODERATOR),
    ),
    forms=(
        on_form(SwapPeople, editing.swap_people, _MODERATOR),
        on_form(MovePerson, editing.move_person, _MODERATOR),
        on_form(LockPeople, editing.lock_these, _MODERATOR),
    ),
    notices=(
        draws(DraftReady, drawing.draft_ready),
        draws(SearchGoesOn, drawing.search_goes_on),
        draws(SearchFailed, drawing.search_failed),
    ),
    jobs=(Job(JOB, searching.prepare, run, searching.done, searching.progressed),),
    files=(("circle-admin import", files.file_sent),),
    readers=(FileReader("circle-admin import", sent.run),),
    hears=(hears(Compute, searching.ended),),
    on_departed=departing.on_departed,
)
