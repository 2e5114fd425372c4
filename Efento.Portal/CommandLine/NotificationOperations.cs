using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the command <c>notifications</c>.</summary>
internal sealed class NotificationOperations(NotificationDocuments documents)
{
    /// <summary>Writes all channels, people and chains as a document.</summary>
    public async Task<ControlReply> ExportAsync(CancellationToken cancellationToken) =>
        ControlReply.Done(await documents.ExportAsync(cancellationToken));

    /// <summary>Makes a document the whole set.</summary>
    public async Task<ControlReply> ImportAsync(ImportNotifications ask, CancellationToken cancellationToken)
    {
        var outcome = await documents.ImportAsync(
            Actor.Command, Encoding.UTF8.GetBytes(ask.Document), ask.Secrets, ask.IsTrial, cancellationToken);
        return outcome.IsDone
            ? new ControlReply(
                ExitCodes.Success,
                [.. outcome.Changes.Select(InWords), Summary(outcome, ask.IsTrial)],
                [.. outcome.Unheard.Select(InWords)])
            : new ControlReply(ExitCodes.Failure, [], [.. outcome.Faults.Select(NotificationFaultWords.InWords), "Nothing was changed."]);
    }

    private static string InWords(NotificationChange change) => $"{Word(change.What),-8} {change.InWords()}";

    private static string InWords(Unheard unheard) => unheard.Why switch
    {
        UnheardReason.Disabled => $"{unheard.Address} is told nothing by the chain {unheard.Chain}: the account is disabled.",
        UnheardReason.SeesNothing =>
            $"{unheard.Address} is told nothing by the chain {unheard.Chain}: the account sees none of its locations.",
        _ => $"{unheard.Address} is told nothing by Web Push of the chain {unheard.Chain}: no account of this address has a device.",
    };

    private static string Word(NotificationChangeKind what) => what switch
    {
        NotificationChangeKind.Made => "made",
        NotificationChangeKind.Changed => "changed",
        _ => "removed",
    };

    private static string Summary(NotificationOutcome outcome, bool isTrial)
    {
        int Count(NotificationChangeKind what) => outcome.Changes.Count(c => c.What == what);
        var (made, changed) = (Count(NotificationChangeKind.Made), Count(NotificationChangeKind.Changed));
        var trial = isTrial ? " This was a dry run: nothing was changed." : "";
        return $"{made} made, {changed} changed, {Count(NotificationChangeKind.Removed)} removed.{trial}";
    }
}
