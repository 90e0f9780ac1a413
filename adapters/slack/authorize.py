"""Whose workspace a request comes from, for the library."""

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.installations import Teams


class Authorize(AsyncAuthorize):
    """Tells the library whose workspace a request comes from."""

    def __init__(self, teams: Teams) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._teams = teams

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """The installation behind a request; ``None`` where the app is not installed."""
        ours = await self._teams.find(team_id or "", enterprise_id or "")
        if ours is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=ours.bot_user,
            bot_token=ours.token,
        )
