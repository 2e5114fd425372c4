namespace Efento.Portal.Devices.Administration;

/// <summary>What became of setting Y or N.</summary>
/// <param name="Changed">What was changed.</param>
/// <param name="Meanwhile">The serials of those left alone, since somebody else had changed them after they were looked at.</param>
public sealed record FlagOutcome(IReadOnlyList<FlagChange> Changed, IReadOnlyList<string> Meanwhile)
{
    /// <summary>What gives each its value of before, unless somebody changes it once more.</summary>
    public IReadOnlyList<FlagChange> Undo { get; } =
        [.. Changed.Select(c => c with { Logger = c.Logger with { Version = c.Logger.Version + 1 }, From = c.To, To = c.From })];
}
