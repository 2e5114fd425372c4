using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the command <c>rules</c>.</summary>
internal sealed class RuleOperations(RuleDocuments documents)
{
    /// <summary>Writes all rules as a document.</summary>
    public async Task<ControlReply> ExportAsync(CancellationToken cancellationToken) =>
        ControlReply.Done(await documents.ExportAsync(SiteScope.Everything, cancellationToken));

    /// <summary>Makes a document the whole set of rules.</summary>
    public async Task<ControlReply> ImportAsync(ImportRules ask, CancellationToken cancellationToken)
    {
        var outcome = await documents.ImportAsync(
            Actor.Command, Encoding.UTF8.GetBytes(ask.Document), ask.IsTrial, null, cancellationToken);
        return outcome.IsDone
            ? ControlReply.Done([.. outcome.Changes.Select(InWords), Summary(outcome, ask.IsTrial)])
            : new ControlReply(ExitCodes.Failure, [], [.. outcome.Faults.Select(RuleWords.InWords), "Nothing was changed."]);
    }

    private static string InWords(RuleChange change) => $"{Word(change.Action),-8} {change.InWords()}";

    private static string Word(string action) => action switch
    {
        RuleAudit.Made => "made",
        RuleAudit.Changed => "changed",
        _ => "ended",
    };

    private static string Summary(RuleOutcome outcome, bool isTrial)
    {
        var (made, changed, ended) = (Count(outcome, RuleAudit.Made), Count(outcome, RuleAudit.Changed), Count(outcome, RuleAudit.Ended));
        return $"{made} made, {changed} changed, {ended} ended.{(isTrial ? " This was a dry run: nothing was changed." : "")}";
    }

    private static int Count(RuleOutcome outcome, string action) => outcome.Changes.Count(c => c.Action == action);
}
