"""Messages to a committee's channel of which nobody can tell whether they arrived.

The answer to a post can get lost, and in a private channel the app may not look for it: a person
does, and says that it arrived or has it sent again.
"""

from __future__ import annotations

from datetime import datetime

from governance.access import Actor, refusal, worker_on_queue
from governance.committees.commands import SettlePost
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore

_SETTLED = "Nothing is left to do here: it arrived, or someone has sent it again."


def settle(
    store: GovernanceStore, actor: Actor, command: SettlePost, now: datetime
) -> Done | Refused:
    """Note what somebody saw in the channel."""
    posts = {post.id: post for post in store.unsettled_posts(command.queue)}
    post = posts.get(command.post)
    if post is None:
        return refusal(_SETTLED)
    store.settle_post(post, arrived=command.arrived, now=now)
    said = "was seen in the channel" if command.arrived else "is sent to the channel again"
    subject = post.item_id or post.id
    store.audit(actor.person_id, f"a message of {post.queue} {said}", subject, now)
    return Done()


OPERATIONS: Operations = (
    Operation(command=SettlePost, run=settle, may=worker_on_queue, takes=("arrived",)),
)
