"""Who may do what with calls and replies. Read this file to know the whole policy.

Nobody reads or writes a State's draft by running the installation or the process.
"""

from django.utils import timezone

from comity.accounts.authority import Actor, declare, may
from comity.accounts.models import User
from comity.calls.models import Call, Reply
from comity.calls.models.calls import knowing
from comity.parties.models import Party
from comity.processes.models import BARRED, Participation, Process


def runs_call(actor: Actor, call: Call) -> bool:
    """``actor`` works today for the secretariat of the process that asks."""
    return call.process is not None and may(actor, "processes.run", call.process)


def knows_board(actor: Actor, call: Call) -> bool:
    """Who has answered and who has not is for members, the presidency and the secretariat."""
    on_board = Call.objects.on_board_of(actor, timezone.localdate())
    return on_board.filter(pk=call.pk).exists()


def knows_boards(actor: Actor, process: Process) -> bool:
    """Who may know of any call of a process who has answered it: see ``knows_board``."""
    if not isinstance(actor, User):
        return False
    if may(actor, "processes.run", process):
        return True
    known = Process.objects.filter(knowing(actor, timezone.localdate(), "pk"))
    return known.filter(pk=process.pk).exists()


def writes_reply(actor: Actor, reply: Reply) -> bool:
    """``actor`` belongs today to the party that is asked, which is not barred from the process.

    Any of its ministries writes; another party, the secretariat included, never does.
    """
    today = timezone.localdate()
    if not isinstance(actor, User):
        return False
    own = Party.objects.of(actor, today).filter(pk=reply.party_id)
    barred = Participation.objects.on(today).filter(
        process=reply.call.process_id, party=reply.party_id, status__in=BARRED
    )
    return own.exists() and not barred.exists()


def clears_reply(actor: Actor, reply: Reply) -> bool:
    """``actor`` may write the reply, and speaks today for the party."""
    return writes_reply(actor, reply) and may(actor, "parties.speak", reply.party)


declare("calls.run", runs_call)
declare("calls.read_board", knows_board)
declare("calls.read_boards", knows_boards)
declare("calls.write", writes_reply)
declare("calls.clear", clears_reply)
