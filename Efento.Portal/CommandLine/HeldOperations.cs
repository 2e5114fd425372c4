using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Backup.Holding;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the command <c>held</c>.</summary>
internal sealed class HeldOperations(HoldService hold)
{
    private const string Nothing = "Nothing is held: this portal was neither restored nor copied, or somebody has said what becomes of it.";

    /// <summary>Shows what is held, and which tokens are valid.</summary>
    public async Task<ControlReply> ShowAsync(CancellationToken cancellationToken)
    {
        if (await hold.ReadAsync(cancellationToken) is not { } held)
        {
            return ControlReply.Done(Nothing);
        }

        var tokens = ControlReply.Table(
            ["ID", "FOR", "ISSUED (UTC)", "NAME"],
            held.Tokens.Select(token => (string[])
                [
                    token.Id.ToString(CultureInfo.InvariantCulture), token.IsForApi ? "api" : "gateway", Shown(token.IssuedUtc), token.Name,
                ]));
        return ControlReply.Done(
            [
                $"Nothing is sent since {Shown(held.SinceUtc)} UTC, because the database was {InWords(held.Reason)}.",
                $"Messages about alarms that wait: {held.Waiting.Messages}. Messages of gateways that feeds have not sent on: {held.Waiting.Feeds}.",
                $"The database knows what happened up to {Shown(held.StateUtc)} UTC. If one of these tokens was revoked later, revoke it again:",
                "",
                .. tokens.Output,
            ]);
    }

    /// <summary>Sends or drops it.</summary>
    public async Task<ControlReply> ReleaseAsync(ReleaseHeld release, CancellationToken cancellationToken)
    {
        var isDone = release.IsDropped
            ? await hold.DropAsync(Actor.Command, cancellationToken)
            : await hold.SendAsync(Actor.Command, cancellationToken);
        return !isDone ? ControlReply.Failed(Nothing)
            : ControlReply.Done(
                release.IsDropped
                    ? "What waited is dropped. Messages about what happens from now on are sent."
                    : "What waited is sent, and so is everything from now on.");
    }

    private static string InWords(HoldReason reason) => reason is HoldReason.Restored ? "restored from a backup" : "copied";

    private static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
