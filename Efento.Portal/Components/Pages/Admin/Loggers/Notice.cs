using Efento.Portal.Components.Words;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>The result of the last action, shown above the list.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsFault">Whether something could not be done.</param>
internal sealed record Notice(string Text, bool IsFault = false)
{
    /// <summary>The changes that undo it; empty if it can't be undone.</summary>
    public IReadOnlyList<FlagChange> Undo { get; private init; } = [];

    /// <summary>The reason, which the undo refers to.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The result of setting Y or N.</summary>
    public static Notice Of(FlagOutcome outcome, string reason)
    {
        var done = outcome.Changed.GroupBy(c => c.To).Select(g => LoggersText.FlagsSet(g.Count(), AdministrationWords.Letter(g.Key)));
        return Of(string.Join(", ", done), outcome.Meanwhile) with { Undo = outcome.Undo, Reason = reason };
    }

    /// <summary>The result of changing several loggers or points.</summary>
    public static Notice Of(BulkOutcome outcome, Func<long, string> done) =>
        Of(outcome.Changed.Count == 0 ? "" : done(outcome.Changed.Count), outcome.Meanwhile);

    /// <summary>The result of changing a point.</summary>
    public static Notice Of(PointOutcome outcome, string done) =>
        AdministrationWords.Fault(outcome) is { } fault ? new(fault, true) : new(done);

    private static Notice Of(string done, IReadOnlyList<string> meanwhile) => new(
        string.Join(
            " ",
            new[]
            {
                done.Length > 0 ? $"{done}." : meanwhile.Count > 0 ? "" : LoggersText.NothingToChange,
                meanwhile.Count > 0 ? LoggersText.LeftAlone(meanwhile.Count, string.Join(", ", meanwhile)) : "",
            }.Where(part => part.Length > 0)),
        meanwhile.Count > 0);
}
